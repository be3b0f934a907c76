using System.Text.Json;
using Qcw.Build.Signing;

namespace Qcw.Build.Verifying;

/// <summary>
/// Who says that they built the files: independent builders, whose bundles are in the repository and signed by keys that it names; and
/// GitHub's own attestations, which GitHub's or Sigstore's program verifies.
/// </summary>
/// <param name="release">The release.</param>
/// <param name="attestations">The folder of the repository with the builders' bundles; it need not exist.</param>
/// <param name="builders">The file with their keys, in the form of OpenSSH's <c>allowed_signers</c>; it need not exist.</param>
/// <param name="tools">The programs of this machine.</param>
/// <param name="offline">True: nothing that needs the network is asked.</param>
public sealed class AttestationCheck(Published release, string attestations, string builders, ToolFinder tools, bool offline)
{
    /// <summary>The ending of a bundle's name; the builder's name stands before it.</summary>
    public const string Ending = ".sigstore.json";

    private static readonly Version OldestGh = ToolCatalog.Find("gh").Minimum!;

    private readonly Lazy<IReadOnlyList<PublicKey>> keys =
        new(() => File.Exists(builders) ? PublicKey.ReadAll(builders, mayBeEmpty: true) : []);

    /// <summary>Looks for attestations of each file.</summary>
    /// <param name="names">The files.</param>
    /// <param name="needed">How many builders have to attest each file; 0: one.</param>
    public StepResult Run(IReadOnlyList<string> names, int needed)
    {
        if (names.Count == 0)
        {
            return StepResult.NotChecked(Check.Attestation, "there are no files that could be attested");
        }

        Attested[] made = [.. Builders()];
        (string? Program, string Why) github = GitHub();
        if (made.Length == 0 && github.Program is null)
        {
            return StepResult.NotChecked(Check.Attestation, $"{NoBundles()}; {github.Why}");
        }

        FileResult[] files = [.. names.Select(name => Judge(name, made, github.Program, github.Why, needed))];
        return StepResult.Of(Check.Attestation, files, "are attested by trusted builders");
    }

    private FileResult Judge(string name, Attested[] made, string? program, string why, int needed)
    {
        if (!release.Has(name))
        {
            return new FileResult(name, Verdict.NotChecked, "it is not there");
        }

        string? sha256 = made.Length > 0 ? Files.Sha256(release.PathOf(name)) : null;
        var good = new List<string>();
        var bad = new List<string>();
        var silent = new List<string>();
        foreach ((string builder, Statement? statement, string problem) in made)
        {
            string? attested = statement?.Subjects.GetValueOrDefault(name);
            if (statement is null)
            {
                (keys.Value.Any(key => key.Identity == builder) ? bad : silent).Add(problem);
            }
            else if (attested == sha256)
            {
                good.Add(builder);
            }
            else if (attested is null)
            {
                silent.Add($"{builder} does not name it");
            }
            else
            {
                bad.Add($"{builder} made another file, {attested}");
            }
        }

        if (program is not null && GitHubAttests(program, name) is var answer)
        {
            if (answer is null)
            {
                good.Add("GitHub");
            }
            else
            {
                silent.Add(answer);
            }
        }

        int wanted = Math.Max(1, needed);
        string count = $"{good.Count} of {made.Length + (program is null ? 0 : 1)} builders";
        return bad.Count > 0 ? new FileResult(name, Verdict.Fail, string.Join("; ", bad))
            : good.Count >= wanted ? new FileResult(name, Verdict.Pass, $"{count}: {string.Join(", ", good)}")
            : new FileResult(name, Verdict.NotChecked, string.Join("; ", [
                .. needed > 1 || good.Count > 0 ? (string[])[$"{count} attest it, {wanted} are needed"] : [],
                .. silent,
                .. program is null ? (string[])[why] : [],
            ]));
    }

    private string NoBundles() => release.Tag is null
        ? "no tag is known, so no builder's bundle either (--tag=TAG)"
        : $"{Path.Combine(attestations, release.Tag)} has no *{Ending}";

    private IEnumerable<Attested> Builders()
    {
        string folder = Path.Combine(attestations, release.Tag ?? string.Empty);
        if (release.Tag is null || !Directory.Exists(folder))
        {
            yield break;
        }

        foreach (string file in Directory.GetFiles(folder, "*" + Ending).Order(StringComparer.Ordinal))
        {
            string builder = Path.GetFileName(file)[..^Ending.Length];
            PublicKey[] own = [.. keys.Value.Where(key => key.Identity == builder)];
            var bundle = Bundle.Parse(File.ReadAllText(file), file);
            string? problem = own.Length == 0 ? $"{builder} is not trusted: {builders} has no key of that name"
                : bundle.Keyless ? $"{file} is signed with a certificate, not with the key of {builder}"
                : bundle.Statement.PredicateType != Statement.Provenance
                    ? $"{file} says something else than {Statement.Provenance}: {bundle.Statement.PredicateType}"
                : own.Any(bundle.IsSignedBy) ? null
                : $"{file} is not signed by {builder}, or has changed";
            yield return new Attested(builder, problem is null ? bundle.Statement : null, problem ?? string.Empty);
        }
    }

    private (string? Program, string Why) GitHub()
    {
        if (offline)
        {
            return (null, "GitHub's attestations were not asked for: --offline");
        }

        FoundTool gh = tools.Find(ToolCatalog.Find("gh"));
        if (gh is { Fits: true, Path: { } path })
        {
            return (path, string.Empty);
        }

        FoundTool cosign = tools.Find(ToolCatalog.Find("cosign"));
        return cosign is { Fits: true, Path: { } other } && release.BundleFiles.Count > 0
            ? (other, string.Empty)
            : (null, "GitHub's attestations need gh " + OldestGh + " or newer, or cosign and the release's own bundles: "
                + (gh.Path is null ? "gh is not on PATH" : $"gh is {gh.VersionText}{gh.Problem}"));
    }

    // null: verified; otherwise why not
    private string? GitHubAttests(string program, string name)
    {
        string file = release.PathOf(name);
        bool isGh = program == tools.Find(ToolCatalog.Find("gh")).Path;
        if (isGh)
        {
            string[] bundle = release.BundleFiles is [{ } own, ..] ? ["--bundle", own] : [];
            ProcessResult answer = Ask(program, [
                "attestation", "verify", file, "--repo", Publisher.Repository["https://github.com/".Length..], "--format", "json",
                .. bundle,
            ]);
            return answer.ExitCode != 0 ? $"gh does not verify it: {Last(answer)}"
                : NamesSomething(answer.StandardOutput) ? null
                : "gh ended well, but names no attestation";
        }

        string why = "none of the release's bundles is about it";
        string sha256 = Files.Sha256(file);
        foreach (string text in release.BundleFiles.SelectMany(File.ReadLines).Where(line => line.Length > 0))
        {
            if (!Bundle.Parse(text, release.BundleFiles[0]).Statement.Subjects.Values.Contains(sha256))
            {
                continue;
            }

            string one = Path.GetTempFileName();
            try
            {
                File.WriteAllText(one, text);
                ProcessResult answer = Ask(program, [
                    "verify-blob-attestation", "--new-bundle-format", "--bundle", one,
                    "--certificate-oidc-issuer", "https://token.actions.githubusercontent.com",
                    "--certificate-identity-regexp", $"^{Publisher.Repository}/", file,
                ]);
                if (answer.ExitCode == 0)
                {
                    return null;
                }

                why = $"cosign does not verify it: {Last(answer)}";
            }
            finally
            {
                File.Delete(one);
            }
        }

        return why;
    }

    private static ProcessResult Ask(string program, IReadOnlyList<string> arguments) =>
        ProcessRunner.Run(new ProcessRequest(program, arguments) { AllowFailure = true, Timeout = TimeSpan.FromMinutes(2) });

    private static string Last(ProcessResult answer) =>
        (answer.StandardError + answer.StandardOutput).Split('\n').LastOrDefault(line => line.Length > 0)
            ?? $"exit code {answer.ExitCode}";

    // an exit code of 0 alone has been wrong before
    private static bool NamesSomething(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement is { ValueKind: JsonValueKind.Array } all && all.GetArrayLength() > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // of a builder whose statement cannot be used there is none, but the problem
    private sealed record Attested(string Builder, Statement? Statement, string Problem);
}
