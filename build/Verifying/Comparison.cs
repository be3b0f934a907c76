using Qcw.Build.Packaging;
using Qcw.Build.Signing;
using Qcw.Build.Verifying.Explanation;

namespace Qcw.Build.Verifying;

/// <summary>
/// Whether what was made here is what was released. The cheap questions come first: the same bytes; the same but for a signature; and only
/// where neither holds, in what they differ.
/// </summary>
/// <param name="release">The release.</param>
/// <param name="ours">The full path of a file as it was made here; null: it was not made.</param>
/// <param name="facts">What is known of a file that was made here; null: nothing.</param>
/// <param name="tools">The programs of this machine.</param>
/// <param name="explainer">Explains a difference.</param>
/// <param name="scratch">A folder that may be deleted, a full path.</param>
public sealed class Comparison(
    Published release, Func<string, string?> ours, Func<string, ArtifactRecord?> facts, ToolFinder tools, Explainer explainer,
    string scratch)
{
    private const string ScriptSignature = "# SIG # Begin signature block";

    /// <summary>Compares every file.</summary>
    /// <param name="names">The files.</param>
    /// <param name="notMade">Why a file that was not made is not there.</param>
    public StepResult Run(IReadOnlyList<string> names, Func<string, string> notMade) =>
        StepResult.Of(Check.Comparison, [.. names.Select(name => Compare(name, notMade))], "are what was made here");

    private FileResult Compare(string name, Func<string, string> notMade)
    {
        string theirs = release.PathOf(name);
        if (!File.Exists(theirs))
        {
            return new FileResult(name, Verdict.NotChecked, "it is not there");
        }

        if (ours(name) is not { } own)
        {
            return new FileResult(name, Verdict.NotChecked, notMade(name));
        }

        if (Files.SameBytes(theirs, own))
        {
            return new FileResult(name, Verdict.Pass, "the same bytes");
        }

        if (Signed(name, theirs, own) is { } signed)
        {
            return signed;
        }

        FileResult different = IsUnsigned(name, theirs, own)
            ? new FileResult(
                name, Verdict.NotChecked,
                "it is signed inside too, and said to be what was made here without: --target=Sign with its signatures tells")
            : new FileResult(name, Verdict.Fail, "it is not what was made here");
        return different with
        {
            Details = explainer.Explain(theirs, own, facts(name)?.Contents ?? []),
        };
    }

    // a published signature that is put on ours must give the published file: nothing else can hide beside it
    private FileResult? Signed(string name, string theirs, string own)
    {
        FileKind kind = Unpacking.KindOf(theirs);
        if (!MayBeSigned(kind, theirs) || (kind != FileKind.Msi && MayBeSigned(kind, own)))
        {
            return null;
        }

        FoundTool found = tools.Find(ToolCatalog.Find("osslsigncode"));
        if (!found.Fits)
        {
            return kind is FileKind.Nsis or FileKind.Pe && Explainer.IsSameButForSignature(theirs, own)
                ? new FileResult(
                    name, Verdict.NotChecked,
                    "what is signed is what was made here; what puts the signature on that is not here: "
                        + $"osslsigncode {found.Tool.Minimum} (package {found.Tool.DebianPackage})")
                : null;
        }

        string signature = Path.Combine(scratch, "signature.pem");
        string attached = Path.Combine(scratch, "attached", name);
        var authenticode = new Authenticode(found);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(attached)!);
            authenticode.Extract(theirs, signature);
            string signer = authenticode.Attach(own, signature, attached).Signer;
            return Files.SameBytes(attached, theirs)
                ? new FileResult(
                    name, Verdict.Pass, $"what was made here, with a signature on it that says {signer}; who that is, was not checked")
                : null;
        }
        catch (BuildException)
        {
            return null; // it has no signature, or one of another file: what differs is explained
        }
    }

    // a setup program whose uninstaller was signed before it was packed: what is said of the unsigned file is no proof, and no failure
    private bool IsUnsigned(string name, string theirs, string own) =>
        release.UnsignedSums?.GetValueOrDefault(name) == Files.Sha256(own)
        && Unpacking.KindOf(theirs) == FileKind.Nsis && Explainer.IsSigned(theirs);

    private static bool MayBeSigned(FileKind kind, string file) => kind switch
    {
        FileKind.Nsis or FileKind.Pe => Explainer.IsSigned(file),
        FileKind.Msi => true, // osslsigncode tells
        FileKind.Text => File.ReadAllText(file).Contains(ScriptSignature, StringComparison.Ordinal),
        _ => false,
    };
}
