import Configuration
import FastCGI
import Gupy
import JSON
import Journal

/// Figures for Prometheus, of the customer whose configuration the
/// request names.
package struct MetricsEndpoint {
  private let configurations: Configurations
  private let now: Timestamp
  private let complain: (String) -> Void

  /// - Parameters:
  ///   - now: the moment of the request.
  ///   - complain: told what an operator has to mend.
  package init(
    _ configurations: Configurations, now: Timestamp, complain: @escaping (String) -> Void
  ) {
    self.configurations = configurations
    self.now = now
    self.complain = complain
  }

  /// Answers GET and HEAD: 200, or 503 when there is nothing to count.
  package func respond(to request: Request) -> Response {
    request.answerToLook {
      do throws(DocumentError) {
        return metrics(try configurations.site(request.parameters["GATILHO_CONFIG"]))
      } catch {
        complain(error.description)
        return Response(.serviceUnavailable, problem: Configurations.brokenWords)
      }
    }
  }

  private func metrics(_ site: Site) -> Response {
    do throws(JournalError) {
      let text = try Overview(site, now: now).metrics
      return Response(
        .ok, type: "text/plain; version=0.0.4; charset=utf-8", body: Array(text.utf8))
    } catch {
      complain(error.description)
      return Response(
        .serviceUnavailable, problem: "The journal cannot be read: the handler's log says why.")
    }
  }
}
