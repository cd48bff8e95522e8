import FastCGI
import Glibc
import Handler

FatalSignals.endTheProcess()
let environment = ProcessEnvironment.variables()
guard let transport = Transport.detect(environment: environment) else {
  StandardError.print(usage)
  exit(EX_USAGE)
}
// Under CGI nginx's params are the environment: GATILHO_CONFIG may name a file, not the folder.
let configurations = Configurations(
  defaultFile: transport == .cgi
    ? Configurations.standardFile : Configurations.defaultFile(environment: environment),
  environment: environment)
let server = serverOrExit(transport, configurations, environment)
let handler = WebhookHandler(configurations: configurations)
try server.run(
  transport: transport, overdue: { [unsaved = handler.unsaved] in unsaved.endProcess() },
  handle: handler.respond)
