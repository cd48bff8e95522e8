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
  without one.
  To see it at work: gatilhoctl demo. To check a configuration: gatilhoctl check.
  """

/// How long this worker lives. Without a usable configuration, the environment's part included, it
/// says so at once (`EX_CONFIG`), not at the first webhook.
func lifetimeOrExit(_ configurations: Configurations, _ environment: [String: String]) -> Lifetime {
  do {
    _ = try configurations.site(nil)
    return try Lifetime(environment: environment)
  } catch {
    StandardError.print("\(error)")
    exit(EX_CONFIG)
  }
}
