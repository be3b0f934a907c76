using System.Text.RegularExpressions;

namespace Qcw.Build.Signing;

/// <summary>
/// Makes Authenticode signatures with osslsigncode, takes them off, and attaches them. The same signature on the same file gives the
/// same bytes, whoever attaches it.
/// </summary>
/// <param name="tool">osslsigncode as it was found on this machine.</param>
public sealed partial class Authenticode(FoundTool tool)
{
    /// <summary>What is added to a file's name for its signature.</summary>
    public const string SignatureEnding = ".pem";

    private const string Script = ".ps1";

    private static readonly string[] Endings = [".exe", ".msi", Script];

    /// <summary>True for the name of a file that Windows looks for a signature in.</summary>
    public static bool IsSignable(string name) => Endings.Contains(Path.GetExtension(name));

    /// <summary>Attaches a signature. The signed file appears under its name only if the signature is of this file.</summary>
    /// <param name="file">Full path of the file.</param>
    /// <param name="signature">Full path of its signature.</param>
    /// <param name="target">Full path of the file to make, in an existing folder; one that is there is replaced.</param>
    /// <returns>What the signature says.</returns>
    /// <exception cref="BuildException">It is no signature, or one of another file; the message names both.</exception>
    public AuthenticodeSignature Attach(string file, string signature, string target)
    {
        RequireFor(file);
        AuthenticodeSignature read = AuthenticodeSignature.Read(signature);
        string partial = PartialOf(target);
        try
        {
            // signtool signs the tables of an MSI too, which the program wants to be told
            string output = string.Empty;
            foreach (string[] more in Path.GetExtension(file) == ".msi" ? (string[][])[[], ["-add-msi-dse"]] : [[]])
            {
                Files.Delete(partial);
                // its exit code is about the trust of this machine in the certificate, which is not asked here
                ProcessResult result = Run(
                    ["attach-signature", "-sigin", signature, "-in", file, "-out", partial, .. more], allowFailure: true);
                output = result.StandardOutput + result.StandardError;
                if (File.Exists(partial) && Calculated().Matches(output).Any(one => one.Groups["digest"].Value.Equals(
                    read.Digest, StringComparison.OrdinalIgnoreCase)))
                {
                    Files.Replace(partial, target);
                    return read;
                }
            }

            string found = string.Join(", ", Calculated().Matches(output).Select(one => one.Groups["digest"].Value.ToLowerInvariant()));
            throw new BuildException(
                $"{signature} is the signature of another file than {file}: sign this one, or build what was signed\n"
                    + $"    signed digest: {read.Digest}\n"
                    + $"    of this file:  {(found.Length > 0 ? found : "none; osslsigncode says: " + output.Trim())}");
        }
        finally
        {
            Files.Delete(partial);
        }
    }

    /// <summary>Signs a file.</summary>
    /// <param name="file">Full path of the file.</param>
    /// <param name="target">Full path of the file to make, in an existing folder; one that is there is replaced.</param>
    /// <param name="certificate">Signs.</param>
    /// <param name="name">What Windows calls the file where it asks for an administrator's rights.</param>
    /// <exception cref="ProcessFailedException">osslsigncode could not sign; nothing is written.</exception>
    public void Sign(string file, string target, SigningCertificate certificate, string name)
    {
        RequireFor(file);
        string partial = PartialOf(target);
        Files.Delete(partial);
        try
        {
            Run(
                [
                    "sign", "-h", "sha256", "-n", name, "-i", Publisher.Repository, .. certificate.Arguments,
                    "-in", file, "-out", partial,
                ],
                certificate.Passphrase);
            Files.Replace(partial, target);
        }
        finally
        {
            Files.Delete(partial);
        }
    }

    /// <summary>Takes the signature off a signed file, which stays as it is.</summary>
    /// <param name="file">Full path of the signed file.</param>
    /// <param name="signature">Full path of the signature to write.</param>
    /// <exception cref="BuildException">The file has no signature; the message names it.</exception>
    public void Extract(string file, string signature)
    {
        RequireFor(file);
        string partial = PartialOf(signature);
        Files.Delete(partial);
        try
        {
            ProcessResult result = Run(["extract-signature", "-pem", "-in", file, "-out", partial], allowFailure: true);
            if (result.ExitCode != 0 || !File.Exists(partial))
            {
                throw new BuildException(
                    $"{file} has no signature to take off: sign it first\n"
                        + (result.StandardOutput + result.StandardError).Trim());
            }

            Directory.CreateDirectory(Path.GetDirectoryName(signature)!);
            Files.Replace(partial, signature);
        }
        finally
        {
            Files.Delete(partial);
        }
    }

    // the program knows a script by the ending of its name
    private static string PartialOf(string file) =>
        Path.Combine(Directory.CreateDirectory(Path.GetDirectoryName(file)!).FullName, "partial-" + Path.GetFileName(file));

    private void RequireFor(string file)
    {
        if (Path.GetExtension(file) == Script && tool.Tool.Better is { } better && tool.Version < better.Version)
        {
            throw new BuildException(
                $"osslsigncode {tool.Version} at {tool.Path} cannot sign {Path.GetFileName(file)}, a PowerShell script: "
                    + $"{better.Version} or newer is needed; Debian 12 has one: apt-get install -t bookworm-backports osslsigncode");
        }
    }

    private ProcessResult Run(IReadOnlyList<string> arguments, string? input = null, bool allowFailure = false) =>
        ProcessRunner.Run(new ProcessRequest(tool.Path ?? tool.Tool.Name, arguments)
        {
            StandardInput = input,
            AllowFailure = allowFailure,
        });

    [GeneratedRegex("^Calculated [^:\n]*: *(?<digest>[0-9A-Fa-f]{40,}) ?", RegexOptions.Multiline)]
    private static partial Regex Calculated();
}

/// <summary>A certificate for signing code, and where its key is.</summary>
/// <param name="File">Full path of the certificate, with those of its authorities, PEM.</param>
/// <param name="Key">Full path of the private key, PEM, or the key's <c>pkcs11:</c> address.</param>
public sealed record SigningCertificate(string File, string Key)
{
    /// <summary>How the address of a key in a device begins.</summary>
    public const string DeviceKey = "pkcs11:";

    /// <summary>Full path of the library of the device (PKCS #11); null: the key is a file.</summary>
    public string? Module { get; init; }

    /// <summary>The passphrase of the key, or the device's PIN; null: there is none.</summary>
    public string? Passphrase { get; init; }

    /// <summary>The address of a timestamp service (RFC 3161), or null.</summary>
    public Uri? Timestamp { get; init; }

    /// <summary>What osslsigncode is told; the passphrase goes through its standard input, where no list of processes shows it.</summary>
    internal IEnumerable<string> Arguments =>
    [
        "-certs", File, "-key", Key,
        .. Module is null ? [] : (string[])["-pkcs11module", Module],
        .. Passphrase is null ? [] : (string[])["-readpass", "/dev/stdin"],
        .. Timestamp is null ? [] : (string[])["-ts", Timestamp.AbsoluteUri],
    ];
}
