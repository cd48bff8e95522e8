import JSON

extension WebhookEvent.Details: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    self.init(
      type: try json.value("type").orMismatch, date: try json.value("date").orMismatch,
      companyName: try json.text("companyName"), job: try json.value("job"),
      application: try json.value("application").orMismatch,
      candidate: try json.value("candidate"), currentStep: try json.value("currentStep"),
      previousStep: try json.value("previousStep"),
      problems: try json.present("problems").orMismatch.elements.orMismatch
        .compactMap(WebhookEvent.Problem.init(known:)))
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("application", application)
      $0.member("candidate", candidate)
      $0.member("companyName", companyName)
      $0.member("currentStep", currentStep)
      $0.member("date", date)
      $0.member("job", job)
      $0.member("previousStep", previousStep)
      $0.member("problems", problems)
      $0.member("type", type.rawValue)
    }
  }
}

extension WebhookEvent.Details.Job: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    self.init(
      id: try json.text("id"), name: try json.text("name"),
      branchCode: try json.text("branchCode"), departmentCode: try json.text("departmentCode"))
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("branchCode", branchCode)
      $0.member("departmentCode", departmentCode)
      $0.member("id", id)
      $0.member("name", name)
    }
  }
}

extension WebhookEvent.Details.Application: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    self.init(id: try json.value("id").orMismatch)
  }

  package func write(to json: inout JSONWriter) {
    json.object { $0.member("id", id) }
  }
}

extension WebhookEvent.Details.Candidate: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    self.init(
      name: try json.text("name"), lastName: try json.text("lastName"),
      email: try json.text("email"),
      identificationDocument: try json.text("identificationDocument"),
      mobileNumber: try json.text("mobileNumber"))
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("email", email)
      $0.member("identificationDocument", identificationDocument)
      $0.member("lastName", lastName)
      $0.member("mobileNumber", mobileNumber)
      $0.member("name", name)
    }
  }
}

extension WebhookEvent.Details.Step: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    self.init(name: try json.text("name"), type: try json.text("type"))
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("name", name)
      $0.member("type", type)
    }
  }
}

extension WebhookEvent.Problem: JSONConvertible {
  /// Nil for one that only a later program knows: it may run beside this one, and its events are whole.
  fileprivate init?(known json: JSONNode) {
    do {
      try self.init(json: json)
    } catch {
      return nil
    }
  }

  package init(json: JSONNode) throws(JSONMismatch) {
    self.init(
      path: try json.value("path").orMismatch, problem: try json.value("problem").orMismatch)
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("path", path.rawValue)
      $0.member("problem", problem.rawValue)
    }
  }
}
