namespace Qcw.Integration.Tests.Host;

/// <summary>
/// What the host reads of the checkout, with one line more: the smallest there can be, whose one archive is a signed fixture.
/// </summary>
internal static class SmallCheckout
{
    /// <summary>The line's name.</summary>
    public const string Line = "small";

    /// <summary>The archive of its component <c>xz</c>, version 1.0.</summary>
    public const string Archive = "sample-1.0.tar";

    /// <summary>What the line makes.</summary>
    public const string Zip = "xz-1.0-windows-x86_64.zip";

    private const string KeyFingerprint = "A0CAEDA78064AA391E0EB4B6421F51A7BE34A597";

    private static readonly ArchiveSource Source = new(
        [new Uri("https://example.org/" + Archive)], Files.Sha256(Repository.Fixture("openpgp", Archive)),
        new DetachedSignature(new Uri($"https://example.org/{Archive}.sig"), "key.asc", KeyFingerprint));

    private const string Text = """
        {
          "line": "small",
          "description": "A line for tests.",
          "sourceDateEpoch": "2021-06-01T00:00:00Z",
          "components": {
            "xz": {
              "version": "1.0",
              "licence": "0BSD",
              "source": {
                "kind": "archive",
                "urls": ["https://example.org/sample-1.0.tar"],
                "sha256": "SHA256",
                "signature": {
                  "url": "https://example.org/sample-1.0.tar.sig",
                  "keyFile": "key.asc",
                  "keyFingerprint": "FINGERPRINT"
                },
                "origin": "C"
              },
              "needs": ["toolchain"]
            }
          },
          "libraries": { "toolchain": { "version": "1", "licence": "Zlib", "source": { "kind": "recipe" } } }
        }

        """;

    /// <summary>Makes the checkout: a git repository with one commit, as git for Windows sets it up, which knows no modes.</summary>
    public static void Make(string folder)
    {
        Repository.CopyInputsTo(folder);
        File.Copy(Repository.Fixture("openpgp", "key.asc"), Path.Combine(folder, "build", "Catalog", "Versions", "keys", "key.asc"));
        File.WriteAllText(
            Path.Combine(folder, "build", "Catalog", "Versions", Line + ".json"),
            Text.Replace("SHA256", Source.Sha256, StringComparison.Ordinal)
                .Replace("FINGERPRINT", KeyFingerprint, StringComparison.Ordinal));
        Sh(
            folder,
            "echo '*.exe' >.gitignore && git init -q && git config core.filemode false && git add . "
                + "&& git -c user.name=qcw -c user.email=qcw@example.org commit -q -m test");
    }

    /// <summary>Makes the mirror that the line is fetched from.</summary>
    public static void MakeMirror(string folder)
    {
        foreach ((string file, string place) in ((string, string)[])[(Archive, "archives"), (Archive + ".sig", "signatures")])
        {
            Directory.CreateDirectory(Path.Combine(folder, place));
            File.Copy(Repository.Fixture("openpgp", file), Path.Combine(folder, place, file));
        }
    }

    /// <summary>
    /// Makes what compiling would have staged: a program with its DLL, and texts whose names sort differently with <c>/</c> and <c>\</c>.
    /// </summary>
    /// <param name="artifacts">The output folder.</param>
    public static void MakeStage(string artifacts)
    {
        string stage = Path.Combine(artifacts, "stage", "xz-1.0-x86_64");
        string sources = Repository.Fixture("programs");
        Directory.CreateDirectory(Path.Combine(stage, "bin"));
        Sh(Path.Combine(stage, "bin"),
            $"x86_64-w64-mingw32-gcc -s -shared -DGREETING='\"1.0\"' -o libgreeting-1.dll '{sources}/greeting.c'");
        Sh(Path.Combine(stage, "bin"), $"x86_64-w64-mingw32-gcc -s -o hello.exe '{sources}/hello.c' libgreeting-1.dll");
        foreach (string name in (string[])["doc/a.txt", "doc/a/deep/b.txt", "doc/a-b.txt", "doc/a0.txt", "doc/README",
            "licenses/xz/COPYING"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(stage, name))!);
            File.WriteAllText(Path.Combine(stage, name), string.Concat(Enumerable.Repeat(name + "\n", 200)));
        }

        Stamp.Write(
            stage,
            new Fingerprint(),
            new Provenance
            {
                Sources = [new SourceRecord("xz", "1.0", Source.Pin, Source.Location)],
                Libraries = ["toolchain"],
                Tools = new Dictionary<string, string>
                {
                    ["mingw-w64"] = "12.0",
                    ["mingw-w64-binutils"] = "2.40",
                    ["meson"] = "1.0.1",
                    ["makensis"] = "3.08",
                },
            });
        string toolchain = Path.Combine(artifacts, "stage", "toolchain-1-x86_64");
        Directory.CreateDirectory(Path.Combine(toolchain, "licenses"));
        Stamp.Write(toolchain, new Fingerprint(), Provenance.None);
    }

    private static void Sh(string folder, string command) => ProcessRunner
        .Run(new ProcessRequest("sh", "-c", command) { WorkingDirectory = folder });
}
