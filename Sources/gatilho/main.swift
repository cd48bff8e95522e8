import Configuration
import FastCGI
import Glibc
import Gupy
import Handler
import Pages

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
let pages = Endpoints(configurations) { LogLine(unhealthy: $0).print() }
let respond = { (request: Request) -> Response in
  switch request.parameters["GATILHO_ENDPOINT"] ?? "webhook" {
  case "webhook": handler.respond(to: request)
  case "health": pages.health(request)
  case "status": pages.status(request, now: .now)
  case "metrics": pages.metrics(request, now: .now)
  case let unknown: handler.refuse(endpoint: unknown)
  }
}
try server.run(
  transport: transport, overdue: { [unsaved = handler.unsaved] in unsaved.endProcess() },
  handle: respond)
