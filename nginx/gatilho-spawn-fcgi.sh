#!/bin/sh
# Workers under spawn-fcgi and multiwatch, for whatever runs a program in the foreground (runit, an
# init script, a container). As root, so that spawn-fcgi can give the socket to nginx.
# After SIGTERM give it 35 s: the request in hand is finished first.
exec spawn-fcgi -n -s /run/gatilho.sock -b 511 -U gatilho -G www-data -M 0660 -u gatilho -g gatilho \
  -- /usr/bin/multiwatch -s TERM -f 8 -- /usr/local/bin/gatilho
