using Qcw.Build.Releasing;
using Qcw.Build.Signing;

namespace Qcw.Build.Verifying;

/// <summary>Whether the files are those that the release's lists name, and whether a trusted key signed the list.</summary>
public static class SumsCheck
{
    private const string Sums = ChecksumFile.Sha256Name;

    private static readonly string[] Verifiable = [ReleaseSignatures.MinisignName, ReleaseSignatures.SshName];

    /// <summary>Compares each file with <c>SHA256SUMS</c>, and with <c>SHA512SUMS</c> where there is one.</summary>
    /// <param name="release">The release.</param>
    /// <param name="wanted">Whether a file is to be looked at.</param>
    /// <param name="problems">Why a file could not be downloaded, by name.</param>
    public static StepResult Files(Published release, Func<string, bool> wanted, IReadOnlyDictionary<string, FileResult> problems)
    {
        if (release.Sums is not { Count: > 0 } sums)
        {
            string what = !Directory.Exists(release.Folder) || !Directory.EnumerateFileSystemEntries(release.Folder).Any()
                ? "the folder is empty" : release.Sums is null ? $"it has no {Sums}" : $"its {Sums} lists nothing";
            return StepResult.NotChecked(Check.Sums, what);
        }

        OrderedDictionary<string, string>? longer = release.Has(ChecksumFile.Sha512Name)
            ? ChecksumFile.ReadSha512(release.PathOf(ChecksumFile.Sha512Name), "get the release again")
            : null;
        FileResult[] files =
        [
            .. sums.Where(entry => wanted(entry.Key)).AsParallel().AsOrdered()
                .Select(entry => problems.GetValueOrDefault(entry.Key) ?? Compare(release, entry.Key, entry.Value, longer)),
            .. release.Unlisted.Where(wanted)
                .Select(name => new FileResult(name, Verdict.Fail, $"{Sums} does not list it: it is not of this release")),
        ];
        string list = longer is null ? $"{Sums} lists" : $"{Sums} and {ChecksumFile.Sha512Name} list";
        return StepResult.Of(Check.Sums, files, $"are those that {list}");
    }

    /// <summary>Verifies the signatures of <c>SHA256SUMS</c>.</summary>
    /// <param name="release">The release.</param>
    /// <param name="keys">Trusted; none came with the release.</param>
    /// <param name="noKeys">Why there are no keys, where there are none.</param>
    public static StepResult Signature(Published release, IReadOnlyList<PublicKey> keys, string noKeys)
    {
        string[] there = [.. Verifiable.Where(release.Has)];
        if (release.Sums is null || there.Length == 0)
        {
            return StepResult.NotChecked(
                Check.Signature,
                release.Sums is null ? $"it has no {Sums}" : $"it has none of {string.Join(" and ", Verifiable)}");
        }

        if (keys.Count == 0)
        {
            return StepResult.NotChecked(Check.Signature, noKeys);
        }

        byte[] content = File.ReadAllBytes(release.PathOf(Sums));
        return StepResult.Of(
            Check.Signature,
            [
                .. there.Select(name =>
                {
                    string text = File.ReadAllText(release.PathOf(name));
                    string?[] problems =
                    [
                        .. keys.Select(key => name == ReleaseSignatures.MinisignName
                            ? Minisign.Problem(key, content, text)
                            : SshSignature.Problem(key, content, text)),
                    ];
                    return problems.Contains(null)
                        ? new FileResult(name, Verdict.Pass, $"it is of a trusted key, over this {Sums}")
                        : new FileResult(name, Verdict.Fail, problems[0]!);
                }),
            ],
            $"with a signature are of a trusted key, over this {Sums}");
    }

    private static FileResult Compare(Published release, string name, string sha256, OrderedDictionary<string, string>? longer)
    {
        if (!release.Has(name))
        {
            return new FileResult(name, Verdict.NotChecked, "it is not there");
        }

        string found = Core.Files.Sha256(release.PathOf(name));
        if (found != sha256)
        {
            return new FileResult(name, Verdict.Fail, $"it is not the file that {Sums} lists")
            {
                Details = [$"listed: {sha256}", $"found:  {found}"],
            };
        }

        if (longer is null)
        {
            return new FileResult(name, Verdict.Pass, "as listed");
        }

        return longer.GetValueOrDefault(name) == Core.Files.Sha512(release.PathOf(name))
            ? new FileResult(name, Verdict.Pass, "as listed")
            : new FileResult(
                name, Verdict.Fail, $"{ChecksumFile.Sha512Name} {(longer.ContainsKey(name) ? "lists another file" : "does not list it")}");
    }
}
