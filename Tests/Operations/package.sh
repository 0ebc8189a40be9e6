#!/usr/bin/env bash
# Runs inside a throw-away root: see script/test-package. /tmp/first.deb and /tmp/second.deb are two versions.
set -euo pipefail
cd /
failed() { echo "test-package: $*" >&2; exit 1; }
export PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive

echo "== install"
dpkg -i /tmp/first.deb
id blameengine >/dev/null || failed "there is no user blameengine"
[ "$(stat -c '%U %a' /var/lib/blameengine)" = "blameengine 700" ] || failed "/var/lib/blameengine: $(stat -c '%U %a' /var/lib/blameengine)"
[ -z "$(dpkg --verify blameengine)" ] || failed "files differ: $(dpkg --verify blameengine)"
# Nothing of a toolchain, and every library there.
if ldd /usr/bin/blame | grep -E 'not found|libswift|libFoundation'; then failed "the program needs what is not there"; fi
if command -v systemd-analyze >/dev/null; then
  systemd-analyze verify /lib/systemd/system/blameengine.service || failed "the unit is wrong"
  systemd-analyze security --offline=yes /lib/systemd/system/blameengine.service | tail -n 1
fi

echo "== database"
bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin | sort -V | tail -n 1)
install -d -o postgres /run/postgresql /tmp/pg
as_postgres() { runuser -u postgres -- "$@"; }
as_postgres "$bin/initdb" -D /tmp/pg/data -A peer -E UTF8 --locale=C.UTF-8 --no-instructions >/dev/null
as_postgres "$bin/pg_ctl" -D /tmp/pg/data -w -l /tmp/pg/log -o "-k /run/postgresql -c listen_addresses=" start >/dev/null
/usr/lib/blameengine/setup-database
/usr/lib/blameengine/setup-database | grep -q 'up to date' || failed "a second set-up is not idle"

# As the unit does, without systemd.
server=
start() {
  grep -q '^ExecStart=/usr/bin/blame serve --config /etc/blameengine/blameengine.conf$' /lib/systemd/system/blameengine.service
  (cd /var/lib/blameengine && exec setpriv --reuid=blameengine --regid=blameengine --clear-groups --no-new-privs \
    env -i /usr/bin/blame serve --config /etc/blameengine/blameengine.conf) >>/tmp/server.log 2>&1 &
  server=$!
  for _ in $(seq 300); do
    curl -sf http://127.0.0.1:8199/ready >/dev/null && return
    kill -0 "$server" 2>/dev/null || failed "the server ended: $(cat /tmp/server.log)"
    sleep 0.1
  done
  failed "the server is not ready: $(cat /tmp/server.log)"
}
stop() { kill -TERM "$server"; wait "$server" || failed "the server ended with status $?"; }

echo "== run"
# An operator's change, which has to outlive the upgrade.
sed -i 's/"port": 8080/"port": 8199/' /etc/blameengine/blameengine.conf
as_service() { runuser -u blameengine -- "$@"; }
export BLAME_CONFIG=/etc/blameengine/blameengine.conf
as_service blame sample --users 3
start
curl -sf -H 'Accept: text/html' http://127.0.0.1:8199/ | grep -q '<script' || failed "there is no page"
curl -sf http://127.0.0.1:8199/api/v1/races | grep -q sample || failed "there is no race"
guest=$(curl -sf -X POST -H 'Content-Type: application/json' -d '{}' http://127.0.0.1:8199/api/v1/auth/guest)
token=$(sed -n 's/.*"token":"\([^"]*\)".*/\1/p' <<<"$guest")
run=$(curl -sf -X POST -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
  -d '{"race":"2000/sample","driver":"ADL"}' http://127.0.0.1:8199/api/v1/simulate)
position=$(sed -n 's/^{"position":\([0-9]*\).*/\1/p' <<<"$run")
[ -n "$position" ] || failed "no run was started: $run"
for _ in $(seq 50); do key=$(curl -sf http://127.0.0.1:8199/api/v1/log/key) && break || sleep 0.1; done
[ -s /var/lib/blameengine/log.key ] || failed "the log's key is not in /var/lib/blameengine"

echo "== upgrade"
# With the server running: it goes on until it is restarted.
dpkg -i /tmp/second.deb
curl -sf http://127.0.0.1:8199/ready >/dev/null || failed "the upgrade stopped the server"
/usr/lib/blameengine/setup-database
stop
start
grep -q 8199 /etc/blameengine/blameengine.conf || failed "the upgrade lost the operator's change"
after=$(curl -sf http://127.0.0.1:8199/ready | sed -n 's/^{"position":\([0-9]*\).*/\1/p')
[ "$after" -ge "$position" ] || failed "the log was at $position and is at $after"
[ "$(curl -sf http://127.0.0.1:8199/api/v1/log/key)" = "$key" ] || failed "the log has another key after the upgrade"
as_service blame verify

echo "== remove and purge"
stop
dpkg -r blameengine
[ -e /usr/bin/blame ] && failed "the program is still there"
[ -s /etc/blameengine/blameengine.conf ] || failed "removing deleted the configuration"
dpkg -P blameengine
[ -e /etc/blameengine ] && failed "purging left the configuration"
[ -s /var/lib/blameengine/log.key ] || failed "purging deleted the log's key"
events=$(as_postgres psql -h /run/postgresql -d blame -Atqc 'SELECT count(*) FROM log.events')
[ "$events" -ge "$position" ] || failed "purging harmed the database"
as_postgres "$bin/pg_ctl" -D /tmp/pg/data -m fast -w stop >/dev/null
