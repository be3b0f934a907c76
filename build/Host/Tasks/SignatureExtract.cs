using Cake.Frosting;
using Qcw.Build.Components;
using Qcw.Build.Signing;

namespace Qcw.Build.Host;

/// <summary>Takes the signatures off files that were signed elsewhere, or signs them itself where a certificate is named.</summary>
[TaskDescription("Takes the signatures of artifacts/signing/signed into --signatures=DIR; with --certificate=FILE it signs first")]
[IsDependentOn(typeof(SignatureRequest)), Requires(Requirement.SignaturesToWrite), Needs(SignableRelease.Tool)]
public sealed class SignatureExtract : FrostingTask<HostContext>
{
    /// <summary>The environment variable that stands for <c>--certificate</c>.</summary>
    public const string CertificateVariable = "QCW_CERTIFICATE";

    /// <summary>The environment variable that stands for <c>--certificate-key</c>.</summary>
    public const string KeyVariable = "QCW_CERTIFICATE_KEY";

    /// <summary>The environment variable with the passphrase or PIN. There is no option for it: others see command lines.</summary>
    public const string PassphraseVariable = "QCW_CERTIFICATE_PASSPHRASE";

    /// <summary>Where signed files are expected.</summary>
    public static string SignedFolder(Paths paths) => Path.Combine(paths.Signing, "signed");

    /// <summary>A key as <c>--certificate-key</c> names it: an address of a device as it is, else a full path.</summary>
    public static string KeyOf(string text, string fullPath) =>
        text.StartsWith(SigningCertificate.DeviceKey, StringComparison.Ordinal) ? text : fullPath;

    /// <summary>The certificate that the command line or the environment names; null: signing is done elsewhere.</summary>
    /// <exception cref="UsageException">A part of it is missing.</exception>
    public static SigningCertificate? CertificateOf(BuildOptions options)
    {
        string? certificate = options.Certificate ?? OptionTable.PathFromEnvironment(CertificateVariable);
        string? key = options.CertificateKey
            ?? (Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } text ? KeyOf(text, Path.GetFullPath(text)) : null);
        if (certificate is null && key is null)
        {
            return options is { Timestamp: null, KeyModule: null }
                ? null
                : throw new UsageException("--timestamp and --key-module belong to --certificate=FILE and --certificate-key=FILE|URI");
        }

        RequireFile("certificate", certificate, $"the certificate of the key, PEM, or its path in {CertificateVariable}");
        bool isInDevice = key?.StartsWith(SigningCertificate.DeviceKey, StringComparison.Ordinal) ?? false;
        if (isInDevice)
        {
            RequireFile("key-module", options.KeyModule, "the library of the device that has the key");
        }
        else
        {
            RequireFile("certificate-key", key, $"the private key of the certificate, PEM, or its path in {KeyVariable}");
        }

        return new SigningCertificate(certificate!, key!)
        {
            Module = isInDevice ? options.KeyModule : null,
            Passphrase = Environment.GetEnvironmentVariable(PassphraseVariable) is { Length: > 0 } secret ? secret : null,
            Timestamp = options.Timestamp,
        };
    }

    public override void Run(HostContext context)
    {
        var release = new SignableRelease(context, context.Options.Signatures!);
        SigningCertificate? certificate = CertificateOf(context.Options);
        IReadOnlyList<Signable> pending = release.Pending();
        // a setup program is signed with its signed uninstaller inside, so there may be a second time
        while (pending.Count > 0)
        {
            release.Extract(pending, SignedFolder(context.Paths), certificate);
            pending = release.Pending();
            if (certificate is null && pending.Count > 0)
            {
                context.Messages.Info(
                    $"Now the setup programs can be signed, with their signed uninstallers inside: --target={nameof(SignatureRequest)}");
                return;
            }
        }

        context.Messages.Info($"Every file has its signature in {context.Options.Signatures}: --target={nameof(Sign)} attaches them.");
    }

    private static void RequireFile(string option, string? file, string expected)
    {
        if (file is null || !File.Exists(file))
        {
            throw new UsageException($"--{option}: {(file is null ? "is missing" : $"{file} does not exist")}, expected {expected}");
        }
    }
}
