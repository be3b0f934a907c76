using System.Diagnostics;
using System.Globalization;
using Cake.Core;
using Cake.Frosting;
using Qcw.Build.Attesting;
using Qcw.Build.Signing;

namespace Qcw.Build.Host;

/// <summary>
/// Signs that one builder made the files of a release that is there. It depends on no other task: as with the signature of the checksums,
/// the one who has the key looks at the release first.
/// </summary>
[TaskDescription("Signs the provenance of artifacts/release as --builder-name=NAME with --builder-key=FILE, for artifacts/attestations")]
[Requires(Requirement.BuilderKey)]
public sealed class Attest : FrostingTask<HostContext>
{
    /// <summary>The name and key that the command line gives.</summary>
    /// <exception cref="UsageException">One is missing, or the name is none.</exception>
    /// <exception cref="BuildException">The file is not such a key.</exception>
    public static (string Name, SigningKey Key) BuilderOf(BuildOptions options) =>
        options is { BuilderName: { } name, BuilderKey: { } file }
            ? (name, SigningKey.Read(file))
            : throw new UsageException(
                $"--target={nameof(Attest)} needs --builder-key=FILE and --builder-name=NAME: who attests, and the key to sign with");

    public override void Run(HostContext context)
    {
        (string name, SigningKey key) = BuilderOf(context.Options);
        string file = Path.Combine(context.Paths.Release, ReleaseProvenance.FileName);
        if (!File.Exists(file))
        {
            throw new BuildException($"{file} does not exist, and it is what is attested: run --target=Release first");
        }

        ReleaseProvenance provenance = ProvenanceReader.Read(file);
        provenance.RequireFiles(context.Paths.Release);
        using var self = Process.GetCurrentProcess();
        ReleaseProvenance attested = provenance.OfRun(
            name, new RunMetadata(Guid.NewGuid().ToString("D"), Text(self.StartTime), Text(DateTime.Now)),
            [
                Part(".NET", Environment.Version.ToString()),
                Part("Cake", VersionText.VersionOf(typeof(ICakeContext).Assembly)),
                Part("qcw", VersionText.VersionOf(typeof(Attest).Assembly)),
            ]);
        string folder = context.Paths.Attestations;
        Files.Write(Path.Combine(folder, name + ".pem"), SigstoreBundle.PublicKey(key));
        Files.Write(Path.Combine(folder, name + ".allowed_signers"), SshSignature.AllowedSigner(key, name));
        Files.Write(Path.Combine(folder, name + SigstoreBundle.Ending), SigstoreBundle.Of(key, attested.Text()));
        context.Messages.Step(
            "release", "attest",
            $"{name} has made these {provenance.Subject.Count} files: {Path.Combine(folder, name + SigstoreBundle.Ending)}; "
                + $"the public key is beside it ({name}.pem, {name}.allowed_signers)");

        static Resource Part(string part, string version) =>
            new Resource(part).Noting((Roles.Key, Roles.Host), (ProvenanceWriter.State, $"version {version} ran"));

        static string Text(DateTime time) =>
            time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}
