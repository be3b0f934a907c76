using Cake.Frosting;
using Qcw.Build.Releasing;
using Qcw.Build.Signing;

namespace Qcw.Build.Host;

/// <summary>
/// Signs the checksums of a release that is there. It depends on no other task: the person who has the key looks at the release first, and
/// the machine that made it has no key.
/// </summary>
[TaskDescription("Signs artifacts/release/SHA256SUMS with --signing-key=FILE, for minisign, ssh-keygen and qcw-utils.ps1")]
[Requires(Requirement.SigningKey)]
public sealed class SignChecksums : FrostingTask<HostContext>
{
    /// <summary>The environment variable that stands for <c>--signing-key</c>.</summary>
    public const string Variable = "QCW_SIGNING_KEY";

    /// <summary>The key that the command line or the environment names.</summary>
    /// <exception cref="UsageException">Neither does.</exception>
    /// <exception cref="BuildException">It names a file that is not such a key.</exception>
    public static SigningKey KeyOf(BuildOptions options) =>
        SigningKey.Read(options.SigningKey ?? OptionTable.PathFromEnvironment(Variable) ?? throw new UsageException(
            $"--target={nameof(SignChecksums)} needs --signing-key=FILE, or its path in the environment variable {Variable}"));

    public override void Run(HostContext context)
    {
        int count = ReleaseSignatures.Write(context.Paths.Release, KeyOf(context.Options), context.Paths.Signing);
        context.Messages.Step(
            "release", "sign", $"{string.Join(", ", ReleaseSignatures.FileNames)}; {ChecksumFile.Sha256Name} fits all {count} files");
        context.Messages.Info($"The public key, to be published where people find it without the release, in {context.Paths.Signing}:");
        foreach (string name in ReleaseSignatures.KeyNames)
        {
            string[] lines = File.ReadAllLines(Path.Combine(context.Paths.Signing, name));
            context.Messages.Info(string.Join("\n    ", lines.Prepend("  " + name)));
        }
    }
}
