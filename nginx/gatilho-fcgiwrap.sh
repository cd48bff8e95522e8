#!/bin/sh
# A process a webhook by plain CGI: fcgiwrap starts gatilho, and nothing else, for each. The
# configuration is /etc/gatilho/gatilho.json. multiwatch, for fcgiwrap's own option -c leaves its
# processes behind when it is stopped.
# fcgiwrap ends at once on SIGTERM: an answer in hand is lost, the event is not. gatilho finishes it,
# and Gupy's repeat is a duplicate.
exec spawn-fcgi -n -s /run/gatilho.sock -b 511 -U gatilho -G www-data -M 0660 -u gatilho -g gatilho \
  -- /usr/bin/multiwatch -s TERM -f 8 -- /usr/sbin/fcgiwrap -p /usr/local/bin/gatilho
