namespace Qcw.Integration.Tests.WindowsHost;

/// <summary>The build host as one Windows program, which needs nothing of .NET on the machine.</summary>
internal static class PublishedHost
{
    // Wine 8 runs such a program only where all of it is in one file, and compressed
    private static readonly string[] OneFile =
    [
        "--runtime",
        "win-x64",
        "--self-contained",
        "-p:UseAppHost=true",
        "-p:PublishSingleFile=true",
        "-p:EnableCompressionInSingleFile=true",
        "-p:IncludeNativeLibrariesForSelfExtract=true",
        "-p:DebugType=none",
        "-p:GenerateDocumentationFile=false",
        "-p:AllowedReferenceRelatedFileExtensions=none",
    ];

    // the committed lock files are about programs for this machine: no file of that name is there, so none is compared or written
    private static readonly string[] NoLockFile = ["-p:RestorePackagesWithLockFile=false", "-p:NuGetLockFilePath=none.lock.json"];

    /// <summary>Publishes it from this checkout, in whose folders nothing is written (about 30 seconds).</summary>
    /// <param name="folder">Gets it, and what the compiler leaves.</param>
    /// <returns>Everything that makes up the program.</returns>
    public static IReadOnlyList<string> Publish(string folder)
    {
        string output = Path.Combine(folder, "published");
        ProcessRunner.Run(
            new ProcessRequest(
                "dotnet",
                [
                    "publish",
                    Path.Combine(Repository.Root, "build", "Build.csproj"),
                    "--configuration",
                    "Release",
                    .. OneFile,
                    .. NoLockFile,
                    "-p:RunAnalyzers=false",
                    "--artifacts-path",
                    Path.Combine(folder, "compiled"),
                    "--output",
                    output,
                    "--nologo",
                    "--verbosity",
                    "quiet",
                ])
            {
                WorkingDirectory = Repository.Root,
                // build servers would outlive the tests
                Environment = new Dictionary<string, string?> { ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false" },
            });
        return Directory.GetFiles(output);
    }
}
