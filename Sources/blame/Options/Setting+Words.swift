extension Setting {
  /// What holds without it, as `blame config` and the documentation show it; nil when there is nothing then.
  var fallback: String? {
    switch self {
    case .databaseURL, .socket, .publicURL, .corsOrigins, .witnesses, .logPublicKey, .witnessURL: nil
    case .directDatabaseURL: "that of --database-url"
    case .pooled, .readOnly, .trustProxy: "false"
    case .host: "127.0.0.1"
    case .port: "8080"
    case .web: "web/dist, else beside the program"
    case .readers: "4"
    case .connections: "4096"
    case .replicates: "200"
    case .requestsPerSecond: "2000"
    case .guestsPerHour: "600"
    case .requestSeconds: "10"
    case .idleSeconds: "75"
    case .stallSeconds: "30"
    case .drainSeconds: "10"
    case .tokenKey: "token.key, made when missing"
    case .logKey: "log.key, made when missing"
    case .logOrigin: "a random name when the key is made"
    case .logLevel: "warning; notice for serve"
    case .logFormat: "text"
    case .schema: "schema, else beside the program"
    case .player: "console"
    case .witnessState: "witness.checkpoint"
    case .witnessKey: "witness.key, made when missing"
    case .witnessName: "this machine's"
    case .witnessInterval: "10"
    }
  }

  /// What it is for.
  var about: String {
    switch self {
    case .databaseURL: "PostgreSQL, as libpq understands it"
    case .directDatabaseURL: "PostgreSQL itself, where the other leads to a pooler"
    case .pooled: "the database is reached through a transaction pooler"
    case .host: "address to listen on"
    case .port: "port to listen on; 0 takes a free one"
    case .socket: "unix socket to listen on instead"
    case .web: "folder of the built page"
    case .readOnly: "answer questions only, as from a replica"
    case .readers: "connections for short queries"
    case .connections: "clients connected at a time"
    case .replicates: "refits behind an autopsy's intervals"
    case .requestsPerSecond: "of one account or address, for long; 0 sets no limit"
    case .guestsPerHour: "guest accounts from one address; 0 sets no limit"
    case .requestSeconds: "for a request and its answer"
    case .idleSeconds: "for the head of a request, and without one"
    case .stallSeconds: "for a client that does not read its answer"
    case .drainSeconds: "for requests under way at the end"
    case .trustProxy: "a proxy of yours names the client in X-Forwarded-For"
    case .publicURL: "where browsers find the server"
    case .corsOrigins: "pages of other origins that may ask; `*` for all"
    case .tokenKey: "file with the keys of access tokens"
    case .logKey: "file with the key that signs the log"
    case .logOrigin: "name of the log when its key is made"
    case .witnesses: "public keys whose signatures are kept"
    case .logLevel: "least severe message that is written"
    case .logFormat: "text for people, or json lines for programs"
    case .schema: "folder of the migrations"
    case .player: "account that plays"
    case .logPublicKey: "the log's public key, or a file that holds it"
    case .witnessURL: "where the log is served"
    case .witnessState: "file of the last checkpoint seen"
    case .witnessKey: "file of the witness's own key"
    case .witnessName: "name of the witness when its key is made"
    case .witnessInterval: "seconds between looks"
    }
  }
}
