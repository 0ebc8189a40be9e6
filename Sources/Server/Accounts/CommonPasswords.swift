/// Passwords that are tried first everywhere, in lower case, and whatever follows as simple a rule.
enum CommonPasswords {
  /// Whether everybody tries it. O(length).
  static func contains(_ password: String) -> Bool {
    words.contains(password) || words.contains(bare(password)) || isOneCharacter(password) || isRow(password)
      || isTwice(password)
  }

  /// Without what is put behind a word to satisfy rules.
  private static func bare(_ password: String) -> String {
    var word = password[...]
    while let last = word.last, last.isNumber || "!?.*#$-_@".contains(last) { word.removeLast() }
    return String(word)
  }

  private static func isOneCharacter(_ password: String) -> Bool { Set(password).count <= 2 }

  /// Neighbours in a row, up or down: of the alphabet, of the digits, of a keyboard.
  private static func isRow(_ password: String) -> Bool {
    let rows = [
      "01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm",
      "azertyuiopqsdfghjklmwxcvbn", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol",
    ]
    return rows.contains { $0.contains(password) || String($0.reversed()).contains(password) }
  }

  private static func isTwice(_ password: String) -> Bool {
    let half = password.prefix(password.count / 2)
    return password.count.isMultiple(of: 2) && password == half + half
      && (words.contains(String(half)) || isRow(String(half)))
  }

  private static let words: Set<String> = [
    "password", "passwort", "passw0rd", "p@ssword", "p@ssw0rd", "motdepasse", "contrasena", "wachtwoord", "parola",
    "qwerty", "qwertyui", "qwertyuiop", "qwertz", "azerty", "asdfghjkl", "zxcvbnm", "iloveyou", "princess", "sunshine",
    "football", "baseball", "basketball", "superman", "batman", "starwars", "pokemon", "trustno1", "welcome",
    "whatever",
    "letmein", "dragon", "monkey", "shadow", "master", "michael", "jordan", "jennifer", "computer", "internet",
    "samsung",
    "liverpool", "chelsea", "arsenal", "barcelona", "juventus", "manchester", "admin", "administrator", "root", "guest",
    "changeme", "default", "secret", "test", "testtest", "testing", "qazwsx", "qazwsxedc", "1qaz2wsx", "1q2w3e4r",
    "1q2w3e4r5t", "q1w2e3r4", "zaq12wsx", "abcd1234", "abc12345", "a1b2c3d4", "aa123456", "12341234", "11223344",
    "12344321", "87654321", "123123123", "123321123", "147258369", "789456123", "741852963", "987654321", "0987654321",
    "1234qwer", "qwer1234", "asdf1234", "qwerty12", "qwerty123", "password1", "iloveyou1", "formula1", "formulaone",
    "ferrari", "mclaren", "mercedes", "redbull", "williams", "verstappen", "maxverstappen", "hamilton", "lewishamilton",
    "leclerc", "schumacher", "blameengine", "blame",
  ]
}
