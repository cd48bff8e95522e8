import FoundationEssentials
import Glibc

/// The temporary folder of a stage: certificate, nginx configuration, gatilho configuration, state.
package struct StageFolder: Sendable {
  package let path: String
  /// Where Gupy posts to, and where the fake provider listens.
  let webhookPort: UInt16
  let providerPort: UInt16

  /// Makes the folder; only its owner may enter.
  init() throws {
    let name = "gatilho-" + String(UInt32.random(in: .min ... .max), radix: 36)
    path = URL(filePath: "/tmp").appending(path: name).path()
    webhookPort = try FreePort.next()
    providerPort = try FreePort.next()
    for folder in ["", "/state", "/nginx", "/nginx/tmp"] {
      try FileManager.default.createDirectory(
        atPath: path + folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    }
  }

  package func file(_ name: String) -> String { "\(path)/\(name)" }
  /// Where Gupy posts to.
  package var webhookURL: String { "https://localhost:\(webhookPort)/gupy" }
  package var providerURL: String { "https://localhost:\(providerPort)" }
  /// The certificate of both, which is its own authority.
  package var certificate: String { file("certificate.pem") }
  package var state: String { file("state") }
  package var configuration: String { file("gatilho.json") }
  package var received: ReceivedFile { ReceivedFile(path: file("received.jsonl")) }
  /// What the handlers wrote to standard error.
  package var log: String { file("gatilho.log") }
  /// What nginx wrote of each request.
  package var accessLog: String { file("access.log") }
  /// nginx's process, once it has written its pid; the file is there a moment before its line is.
  package var nginx: Int32? {
    let text = FileManager.default.contents(atPath: file("nginx/nginx.pid")) ?? Data()
    return Int32(String(decoding: text.prefix { $0 != 0x0A }, as: UTF8.self))
  }
  var key: String { file("key.pem") }
  /// Where the workers listen.
  package var workerSocket: String { file("gatilho.sock") }
  var providerSocket: String { file("provider.sock") }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: file(name)))
  }

  func remove() {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      print("cannot remove \(path): \(error)")
    }
  }

  /// Writes nginx's files: the project's own, by name, with this folder's places, and what a
  /// distribution and a provider bring around them.
  func writeNginx(_ files: [String: String]) throws {
    let places = [
      ("/run/gatilho.sock", workerSocket),
      ("/etc/gatilho/", path + "/"),
      ("listen 443 ssl;", "listen 127.0.0.1:\(webhookPort) ssl;"),
      ("listen [::]:443 ssl;", ""),
      ("hooks.example.com;", "localhost;"),
      ("/etc/letsencrypt/live/hooks.example.com/fullchain.pem", certificate),
      ("/etc/letsencrypt/live/hooks.example.com/privkey.pem", key),
      ("/etc/nginx/snippets/", file("nginx/")),
      ("/var/log/nginx/gatilho.log", accessLog),
    ]
    for (name, text) in files {
      try write(places.reduce(text) { $0.replacing($1.0, with: $1.1) }, to: "nginx/" + name)
    }
    try write(nginxMain, to: "nginx/nginx.conf")
  }

  private var nginxMain: String {
    """
    \(geteuid() == 0 ? "user root;" : "")
    pid nginx.pid;
    error_log \(file("nginx-error.log")) warn;
    worker_processes 1;
    worker_rlimit_nofile 8192;
    events { worker_connections 4096; }
    http {
      access_log off;
      client_body_temp_path tmp/body; proxy_temp_path tmp/proxy; fastcgi_temp_path tmp/fastcgi;
      uwsgi_temp_path tmp/uwsgi; scgi_temp_path tmp/scgi;
      include gatilho-http.conf;
      include gatilho-upstream.conf;
      include gatilho-site.conf;
      server {
        listen 127.0.0.1:\(providerPort) ssl;
        ssl_certificate \(certificate);
        ssl_certificate_key \(key);
        gzip on;
        gzip_min_length 1;
        gzip_types *;
        location / {
          fastcgi_pass unix:\(providerSocket);
          fastcgi_param REQUEST_METHOD $request_method;
          fastcgi_param CONTENT_LENGTH $content_length;
          fastcgi_param CONTENT_TYPE $content_type;
          fastcgi_param DOCUMENT_URI $document_uri;
          fastcgi_param QUERY_STRING $query_string;
        }
        location = /closed { internal; return 444; }
      }
    }

    """
  }
}
