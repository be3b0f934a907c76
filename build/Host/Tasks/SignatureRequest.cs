using Cake.Frosting;
using Qcw.Build.Components;

namespace Qcw.Build.Host;

/// <summary>Collects what is to be signed, for whoever has the certificate. What has its signature already is left out.</summary>
[TaskDescription("Collects the files that lack a signature in --signatures=DIR, in artifacts/signing/request")]
[IsDependentOn(typeof(Installers)), IsDependentOn(typeof(UtilsScript))]
[Requires(Requirement.SignaturesToWrite), Needs(SignableRelease.Tool)]
public sealed class SignatureRequest : FrostingTask<HostContext>
{
    public override void Run(HostContext context)
    {
        string folder = Path.Combine(context.Paths.Signing, "request");
        IReadOnlyList<Signable> pending = new SignableRelease(context, context.Options.Signatures!).Pending();
        string partial = folder + Files.PartialSuffix;
        Files.Delete(partial);
        Directory.CreateDirectory(partial);
        foreach (Signable file in pending)
        {
            Files.Copy(file.Original, Path.Combine(partial, file.Name));
        }

        ChecksumFile.Write(
            Path.Combine(partial, ChecksumFile.Sha256Name), pending.Select(file => (file.Name, Files.Sha256(file.Original))));
        Files.Replace(partial, folder);
        context.Messages.Info(pending.Count == 0
            ? $"Every file has its signature in {context.Options.Signatures}: --target={nameof(Sign)} attaches them."
            : $"To be signed, in {folder}; the signed files go to {SignatureExtract.SignedFolder(context.Paths)}, "
                + $"and --target={nameof(SignatureExtract)} takes their signatures:");
        foreach (Signable file in pending)
        {
            context.Messages.Info($"  {file.Name}");
        }
    }
}
