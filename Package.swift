// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "gatilho",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    .systemLibrary(
      name: "CFastCGI", pkgConfig: "fcgi", providers: [.apt(["libfcgi-dev"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CCurl"),
    .systemLibrary(name: "CZlib"),

    .target(name: "FastCGI", dependencies: ["CLinux", "CFastCGI", "JSON"]),
    .target(name: "HTTPClient", dependencies: ["CCurl"]),
    .target(name: "JSON"),
    .target(name: "Gupy", dependencies: ["CZlib", "JSON"]),
    .target(name: "Journal", dependencies: ["Gupy", "JSON"], exclude: ["README.md"]),
    .target(
      name: "Messaging", dependencies: ["HTTPClient", "JSON"], exclude: ["README.md"],
      resources: [
        .embedInCode("Profiles/360dialog.json"),
        .embedInCode("Profiles/blip-campaign.json"),
        .embedInCode("Profiles/blip-template.json"),
        .embedInCode("Profiles/callbell.json"),
        .embedInCode("Profiles/gupshup.json"),
        .embedInCode("Profiles/infobip-flow.json"),
        .embedInCode("Profiles/infobip-sms.json"),
        .embedInCode("Profiles/infobip-whatsapp.json"),
        .embedInCode("Profiles/meta-whatsapp.json"),
        .embedInCode("Profiles/twilio-sms.json"),
        .embedInCode("Profiles/twilio-whatsapp.json"),
        .embedInCode("Profiles/wati.json"),
        .embedInCode("Profiles/wati-v3.json"),
        .embedInCode("Profiles/webhook.json"),
        .embedInCode("Profiles/zapi-text.json"),
        .embedInCode("Profiles/zenvia-flow.json"),
        .embedInCode("Profiles/zenvia-sms.json"),
        .embedInCode("Profiles/zenvia-whatsapp.json"),
      ]),
    .target(
      name: "GupyAPI", dependencies: ["HTTPClient", "Gupy", "JSON"], exclude: ["README.md"]),
    .target(name: "Lookup", dependencies: ["Gupy", "JSON", "Journal"], exclude: ["README.md"]),
    .target(
      name: "Configuration", dependencies: ["Gupy", "JSON", "Journal", "Messaging"],
      exclude: ["README.md"]),
    .target(
      name: "Pages", dependencies: ["Configuration", "FastCGI", "Lookup"], exclude: ["README.md"],
      resources: [.embedInCode("page.css")]),
    .target(
      name: "Handler", dependencies: ["Configuration", "FastCGI", "Lookup", "Messaging"],
      exclude: ["README.md"]),
    .target(
      name: "Operations", dependencies: ["Handler", "Lookup"],
      exclude: ["README.md"]),
    .target(
      name: "Sandbox",
      dependencies: [
        "FastCGI", "Gupy", "HTTPClient", "JSON", "Messaging",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      exclude: ["README.md"],
      resources: [.embedInCode("Dialects.json")]),

    .executableTarget(name: "gatilho", dependencies: ["Handler", "Pages"]),
    .executableTarget(
      name: "gatilhoctl",
      dependencies: [
        "gatilho", "GupyAPI", "Operations", "Pages", "Sandbox",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["README.md"],
      resources: [
        .embedInCode("nginx/gatilho-http.conf"),
        .embedInCode("nginx/gatilho-location.conf"),
        .embedInCode("nginx/gatilho-site.conf"),
        .embedInCode("nginx/gatilho-upstream.conf"),
      ]),

    .target(name: "TestSupport", dependencies: ["CCurl", "Gupy"], path: "Tests/TestSupport"),
    .target(name: "Guard", path: "Tests/Guard"),
    .executableTarget(
      name: "streams",
      dependencies: [
        "Handler", "Operations", "Sandbox", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Tests/Streams"),
    .executableTarget(
      name: "phones", dependencies: ["Gupy"], path: "Tests/Phones",
      exclude: ["generate.py", "run"]),
    .target(
      name: "FuzzInputs",
      dependencies: [
        "Handler", "Pages", "TestSupport",
      ], path: "Tests/Fuzz/Inputs"),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzInputs", "TestSupport"]),
    .testTarget(name: "FastCGITests", dependencies: ["FastCGI", "TestSupport"]),
    .testTarget(name: "GupyTests", dependencies: ["Gupy", "JSON", "TestSupport"]),
    .testTarget(name: "JSONTests", dependencies: ["JSON", "TestSupport"]),
    .testTarget(name: "HTTPClientTests", dependencies: ["HTTPClient", "TestSupport"]),
    .testTarget(name: "JournalTests", dependencies: ["Journal", "TestSupport"]),
    .testTarget(
      name: "LookupTests", dependencies: ["Lookup", "TestSupport"]),
    .testTarget(
      name: "MessagingTests", dependencies: ["HTTPClient", "JSON", "Messaging", "TestSupport"]),
    .testTarget(name: "GupyAPITests", dependencies: ["GupyAPI", "TestSupport"]),
    .testTarget(name: "ConfigurationTests", dependencies: ["Configuration", "TestSupport"]),
    .testTarget(
      name: "HandlerTests", dependencies: ["Handler", "Pages", "Sandbox", "TestSupport"]),
    .testTarget(
      name: "OperationsTests", dependencies: ["Operations", "Sandbox", "TestSupport"]),
    .testTarget(
      name: "PagesTests", dependencies: ["Operations", "Pages", "Sandbox", "TestSupport"]),
    .testTarget(
      name: "SandboxTests", dependencies: ["FastCGI", "Gupy", "JSON", "Sandbox", "TestSupport"]),
    .testTarget(
      name: "CrashTests",
      dependencies: [
        "gatilho", "gatilhoctl", "Handler", "Sandbox", "streams", "TestSupport",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "gatilho", "gatilhoctl", "Guard", "Operations", "Pages", "Sandbox", "streams",
        "TestSupport",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
  ]
)

// libFuzzer brings the program's `main`, so that nothing else could link it.
if Context.environment["GATILHO_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "gatilho-fuzz", dependencies: ["FastCGI", "FuzzInputs"], path: "Tests/Fuzz/Program"))
}

for target in package.targets where target.type != .system {
  // For what glibc shows only then: accept4, ppoll, F_OFD_SETLK.
  target.cSettings = [.define("_GNU_SOURCE")]
  target.swiftSettings = [.treatAllWarnings(as: .error)]
}
