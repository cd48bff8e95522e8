import Configuration
import FastCGI
import Glibc
import Handler

/// What a person reads who starts the program by hand.
let usage = """
  gatilho: a FastCGI responder for Gupy's webhooks. It is started by a process manager with
    - a listening socket as standard input:    spawn-fcgi, supervisord, systemd socket units
    - a connected socket as standard input:    systemd with Accept=yes, inetd
    - a CGI environment:                       fcgiwrap
  The configuration is the file that GATILHO_CONFIG names, else /etc/gatilho/gatilho.json.
  A worker ends by itself after at most GATILHO_MAX_REQUESTS webhooks, or GATILHO_IDLE_EXIT seconds
  without one. It takes connections from everybody who reaches it, or by TCP only from the addresses
  in FCGI_WEB_SERVER_ADDRS.
  To see it at work: gatilhoctl demo. To check a configuration: gatilhoctl check.
  """

/// What serves: to whom, and as a worker how long. Without a usable configuration, the environment's
/// part included, it says so at once (`EX_CONFIG`), not at the first webhook.
func serverOrExit(
  _ transport: Transport, _ configurations: Configurations, _ environment: [String: String]
) -> Server {
  do {
    guard transport != .cgi else { return Server() }
    let webServers = try WebServers(environment: environment)
    guard transport == .worker else { return Server(webServers: webServers) }
    _ = try configurations.site(nil)
    return Server(lifetime: try Lifetime(environment: environment), webServers: webServers)
  } catch {
    StandardError.print("\(error)")
    exit(EX_CONFIG)
  }
}
