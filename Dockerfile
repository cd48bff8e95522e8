# Everything in one container: nginx on :8080, eight workers and the timers.
#   docker build -t gatilho .
#   docker run --read-only --tmpfs /tmp -p 8080:8080 -v gatilho:/var/lib/gatilho \
#     -v /etc/gatilho:/etc/gatilho:ro --stop-timeout 75 --restart unless-stopped gatilho
# The workers alone on :9000, for an nginx on this host (gatilho-upstream-tcp.conf):
#   docker run … -e GATILHO_LISTEN=0.0.0.0 -p 127.0.0.1:9000:9000 gatilho gatilho-workers
# The programs for hosts without Docker or Swift, in ./out:
#   docker build --target binary --output out .
FROM swift:6.2-bookworm AS build
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      ca-certificates fcgiwrap iproute2 jq libcurl4-openssl-dev libfcgi-dev multiwatch nginx-light \
      openssl pkg-config spawn-fcgi strace supervisor systemd zlib1g-dev \
  && useradd --create-home build && install -d -o build /src /etc/gatilho
# Not root: what the tests do with mounts and namespaces is not allowed in a build, and left out.
USER build
WORKDIR /src
COPY --chown=build . .
RUN swift format lint --strict --recursive Sources Tests Package.swift
RUN swift test
RUN swift build -c release --static-swift-stdlib --product gatilho \
  && swift build -c release --static-swift-stdlib --product gatilhoctl \
  && mkdir out && cp .build/release/gatilho .build/release/gatilhoctl out/ && strip out/*

FROM scratch AS binary
COPY --from=build /src/out/ /

FROM debian:12-slim AS runtime
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      ca-certificates libcurl4 libfcgi-bin libfcgi0ldbl multiwatch nginx-light spawn-fcgi supervisor \
  && rm -rf /var/lib/apt/lists/* \
  && groupadd --system --gid 10001 gatilho \
  && useradd --system --uid 10001 --gid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin gatilho \
  && install -d -m 0700 -o gatilho -g gatilho /var/lib/gatilho \
  && ln -sf /dev/stdout /var/log/nginx/gatilho.log
COPY --from=build /src/out/ /usr/local/bin/
COPY nginx/gatilho-http.conf nginx/gatilho-upstream-tcp.conf nginx/gatilho-location.conf \
  nginx/container/nginx.conf nginx/container/supervisord.conf /etc/gatilho-container/
COPY --chmod=0755 nginx/container/gatilho-workers nginx/container/gatilho-timers /usr/local/bin/
# A crash would otherwise print memory, and so candidates, into the log.
ENV SWIFT_BACKTRACE=enable=no
ENV GATILHO_NGINX=/etc/gatilho-container/nginx.conf
USER 10001:10001
WORKDIR /
VOLUME /var/lib/gatilho
EXPOSE 8080 9000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=15s --start-period=10s CMD \
  env -i GATILHO_ENDPOINT=health REQUEST_METHOD=GET \
    cgi-fcgi -bind -connect 127.0.0.1:9000 | grep -q '^Status: 200'
CMD ["supervisord", "-c", "/etc/gatilho-container/supervisord.conf"]
