// swift-tools-version: 6.1
import PackageDescription

/// Warnings are errors everywhere: a plan tool that compiles with doubts is not finished.
let strict: [SwiftSetting] = [.unsafeFlags(["-warnings-as-errors"])]

let package = Package(
  name: "PlanLang",
  products: [
    .library(name: "PlanLang", targets: ["PlanLang"]),
    .executable(name: "planrepl", targets: ["planrepl"]),
    .executable(name: "planscreen", targets: ["planscreen"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: [
    .target(name: "PlanLang", dependencies: ["CPacks", "CKernels", "CSolver"], swiftSettings: strict),
    // Kernels stay fast in debug builds too: they are what most tests wait for. Nobody reads errno after a square root,
    // which lets it be one instruction for a whole vector.
    .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3", "-fno-math-errno"])]),
    .target(name: "CPacks"),
    .target(name: "CSolver", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "CLineEditor"),
    .executableTarget(
      name: "planrepl",
      dependencies: [
        "PlanLang", "CLineEditor",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict,
      // At a fixed place there is nothing to relocate when it starts; libraries of the compilers are linked in where
      // `tools/setup` found their archives.
      linkerSettings: [
        .unsafeFlags(
          ["-Xclang-linker", "-no-pie", "-Xclang-linker", "-static-libgcc", "-L.build/static"], .when(configuration: .release))
      ]),
    .executableTarget(
      name: "planscreen",
      dependencies: [
        .product(name: "FlyingFox", package: "FlyingFox"), .product(name: "FlyingSocks", package: "FlyingFox"),
      ],
      swiftSettings: strict),
    .testTarget(name: "PlanLangTests", dependencies: ["PlanLang", "CKernels", "CSolver"]),
  ]
)
