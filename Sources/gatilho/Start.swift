import Glibc
import Handler

/// What a person reads who starts the program by hand.
let usage = """
  gatilho: a FastCGI responder for Gupy's webhooks. It is started by a process manager with
    - a listening socket as standard input:    spawn-fcgi, supervisord, systemd socket units
    - a connected socket as standard input:    systemd with Accept=yes, inetd
    - a CGI environment:                       fcgiwrap
  The configuration is the file that GATILHO_CONFIG names, else /etc/gatilho/gatilho.json.
  To see it at work: gatilhoctl demo. To check a configuration: gatilhoctl check.
  """

/// A worker without a usable configuration says so at once (`EX_CONFIG`), not at the first webhook.
func exitIfBad(_ configurations: Configurations) {
  do {
    _ = try configurations.site(nil)
  } catch {
    StandardError.print(error.description)
    exit(EX_CONFIG)
  }
}
