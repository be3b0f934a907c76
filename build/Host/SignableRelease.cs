using Qcw.Build.Components;
using Qcw.Build.Releasing;
using Qcw.Build.Signing;

namespace Qcw.Build.Host;

/// <summary>A file that Windows looks for a signature in.</summary>
/// <param name="Name">Its name in the release; of an uninstaller, what it is called while it is outside.</param>
/// <param name="Original">Full path of the file as it was made.</param>
public sealed record Signable(string Name, string Original)
{
    /// <summary>The name of its signature's file.</summary>
    public string SignatureName => Name + Authenticode.SignatureEnding;
}

/// <summary>
/// The files of a release that can have an Authenticode signature, and the folder of their signatures. A signature is an input, as a
/// patch is (ADR 21): the same files and signatures give the same signed files.
/// </summary>
/// <param name="context">The run.</param>
/// <param name="signatures">Full path of the folder, which need not exist.</param>
internal sealed class SignableRelease(HostContext context, string signatures)
{
    /// <summary>The program that signs, by its name in the catalog of tools.</summary>
    public const string Tool = "osslsigncode";

    private readonly Authenticode authenticode = new(context.HostTools.Find(ToolCatalog.Find(Tool)));

    private string Work => Path.Combine(context.Paths.Temporary, "sign");

    /// <summary>Attaches the signatures, to all files or to none, and writes the checksums of the unsigned ones.</summary>
    /// <exception cref="BuildException">A signature is missing or is of another file; nothing is signed.</exception>
    public void Sign()
    {
        IReadOnlyList<(Signable? Uninstaller, Signable File, SetupPackage? Setup)> parts = Parts();
        RequireSignatures([.. parts.Select(part => part.Uninstaller).OfType<Signable>(), .. parts.Select(part => part.File)]);
        Files.Delete(Work);
        Directory.CreateDirectory(Work);
        try
        {
            foreach ((Signable? uninstaller, Signable file, SetupPackage? setup) in parts)
            {
                string original = uninstaller is null ? file.Original : setup!.MakeWith(context, Attach(uninstaller, uninstaller.Original));
                Attach(file, original);
            }

            foreach ((_, Signable file, _) in parts)
            {
                Files.Copy(Path.Combine(Work, file.Name), Path.Combine(context.Paths.Release, file.Name));
            }

            ReleaseChecksums.WriteUnsigned(context.Paths.Release, [.. parts.Select(part => part.File.Original)]);
        }
        finally
        {
            Files.Delete(Work);
        }

        string Attach(Signable file, string original)
        {
            string signed = Path.Combine(Work, file.Name);
            AuthenticodeSignature signature = authenticode.Attach(original, SignatureOf(file), signed);
            context.Messages.Step(
                "release", "sign", $"{file.Name}: {signature.Signer}{(signature.HasTimestamp ? ", with a timestamp" : string.Empty)}");
            return signed;
        }
    }

    /// <summary>
    /// The files that lack a signature, or have that of another file. A setup program is among them when the signature of its uninstaller
    /// is there, which is put into it.
    /// </summary>
    public IReadOnlyList<Signable> Pending()
    {
        var pending = new List<Signable>();
        Files.Delete(Work);
        Directory.CreateDirectory(Work);
        try
        {
            foreach ((Signable? uninstaller, Signable file, SetupPackage? setup) in Parts())
            {
                if (uninstaller is null)
                {
                    pending.AddRange(Fits(file) ? [] : [file]);
                }
                else if (Fits(uninstaller))
                {
                    Signable whole = file with { Original = setup!.MakeWith(context, Path.Combine(Work, uninstaller.Name)) };
                    pending.AddRange(Fits(whole) ? [] : [whole]);
                }
                else
                {
                    pending.Add(uninstaller);
                }
            }
        }
        finally
        {
            Files.Delete(Work);
        }

        return pending;
    }

    /// <summary>Takes the signatures of signed files into the folder of signatures.</summary>
    /// <param name="files">The files before they were signed.</param>
    /// <param name="signed">Full path of the folder with the signed ones.</param>
    /// <param name="certificate">Signs them first; null: that was done elsewhere.</param>
    /// <exception cref="BuildException">A signed file is missing, is not signed, or is another file; no signature is kept.</exception>
    public void Extract(IReadOnlyList<Signable> files, string signed, SigningCertificate? certificate)
    {
        Directory.CreateDirectory(signed);
        foreach (Signable file in certificate is null ? [] : files)
        {
            context.Messages.Step("release", "sign", $"{file.Name} with {certificate!.File}");
            authenticode.Sign(file.Original, Path.Combine(signed, file.Name), certificate, Path.GetFileNameWithoutExtension(file.Name));
        }

        string[] missing = [.. files.Select(file => file.Name).Where(name => !File.Exists(Path.Combine(signed, name)))];
        if (missing.Length > 0)
        {
            throw new BuildException(
                $"{signed} lacks {string.Join(", ", missing)}: sign what --target={nameof(SignatureRequest)} has collected and put the "
                    + "signed files there, or name the certificate with --certificate=FILE");
        }

        Files.Delete(Work);
        Directory.CreateDirectory(Work);
        try
        {
            foreach (Signable file in files)
            {
                string signature = Path.Combine(Work, file.SignatureName);
                string attached = Path.Combine(Work, file.Name);
                authenticode.Extract(Path.Combine(signed, file.Name), signature);
                authenticode.Attach(file.Original, signature, attached);
                if (certificate is not null && !Files.SameBytes(attached, Path.Combine(signed, file.Name)))
                {
                    throw new BuildException(
                        $"{file.Name} signed and with its signature attached are two files: {Tool} does not do what it should");
                }
            }

            foreach (Signable file in files)
            {
                Files.Copy(Path.Combine(Work, file.SignatureName), SignatureOf(file));
                context.Messages.Step("release", "sign", $"signature kept: {file.SignatureName}");
            }
        }
        finally
        {
            Files.Delete(Work);
        }
    }

    private string SignatureOf(Signable file) => Path.Combine(signatures, file.SignatureName);

    private bool Fits(Signable file)
    {
        if (!File.Exists(SignatureOf(file)))
        {
            return false;
        }

        try
        {
            authenticode.Attach(file.Original, SignatureOf(file), Path.Combine(Work, file.Name));
            return true;
        }
        catch (BuildException e) when (e is not ProcessFailedException)
        {
            context.Messages.Warn(e.Message);
            return false;
        }
    }

    /// <summary>The signable files of the release; a setup program with its uninstaller.</summary>
    private List<(Signable? Uninstaller, Signable File, SetupPackage? Setup)> Parts()
    {
        var parts = new List<(Signable?, Signable, SetupPackage?)>();
        foreach (TaskNode node in context.Graph.Nodes.Where(
            node => node.Product is not null && node.HasWorkFor(context.Line, context.Paths.Architecture)))
        {
            string name = node.FileNameFor(context.Line, context.Paths.Architecture);
            if (!Authenticode.IsSignable(name) || !File.Exists(Path.Combine(context.Paths.Release, name)))
            {
                continue;
            }

            SetupPackage? setup = (node.Work as IMakesSetup)?.SetupOf(context);
            parts.Add((setup is null ? null : Made(setup.UninstallerName), Made(name), setup));
        }

        return parts.Count > 0 ? parts : throw new BuildException(
            $"{context.Paths.Release} has no file that could be signed: run --target=Release first");
    }

    // not from the release folder, where the file may be signed already
    private Signable Made(string name) => File.Exists(context.Paths.Package(name))
        ? new Signable(name, context.Paths.Package(name))
        : throw new BuildException(
            $"{context.Paths.Package(name)} is missing, and it is what is signed: delete artifacts/packages and make the release again, "
                + "without --exclusive");

    private void RequireSignatures(Signable[] files)
    {
        string[] missing = [.. files.Select(file => file.SignatureName).Where(name => !File.Exists(Path.Combine(signatures, name)))];
        if (missing.Length > 0)
        {
            throw new BuildException(
                $"{signatures} lacks {string.Join(", ", missing)}: a release is signed as a whole or not at all; "
                    + $"--target={nameof(SignatureRequest)} collects what is to be signed");
        }

        string[] others =
        [
            .. Directory.GetFiles(signatures, "*" + Authenticode.SignatureEnding).Select(file => Path.GetFileName(file))
                .Except(files.Select(file => file.SignatureName)).Order(StringComparer.Ordinal),
        ];
        if (others.Length > 0)
        {
            context.Messages.Warn($"{signatures} has signatures of files that are not in this release: {string.Join(", ", others)}");
        }
    }
}
