import FastCGI
import Gupy
import JSON
import Journal

/// `GATILHO_ENDPOINT=metrics`: figures for Prometheus, of the customer whose configuration the
/// request names.
struct MetricsEndpoint {
  private let configurations: Configurations
  private let now: Timestamp

  init(_ configurations: Configurations, now: Timestamp) {
    self.configurations = configurations
    self.now = now
  }

  /// Answers GET and HEAD: 200, or 503 when there is nothing to count, which is worth a line of the
  /// log.
  func respond(to request: Request) -> Response {
    request.answerToLook {
      do throws(DocumentError) {
        return metrics(try configurations.site(request.parameters["GATILHO_CONFIG"]))
      } catch {
        LogLine(unhealthy: error.description).print()
        return Response(badConfiguration: error)
      }
    }
  }

  private func metrics(_ site: Site) -> Response {
    do throws(JournalError) {
      let text = try Overview(site, now: now).metrics
      return Response(
        .ok, type: "text/plain; version=0.0.4; charset=utf-8", body: Array(text.utf8))
    } catch {
      LogLine(unhealthy: error.description).print()
      return Response(
        .serviceUnavailable, problem: "The journal cannot be read: the handler's log says why.")
    }
  }
}
