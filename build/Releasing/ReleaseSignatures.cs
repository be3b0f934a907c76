using Qcw.Build.Signing;

namespace Qcw.Build.Releasing;

/// <summary>
/// The signatures of a release. What is signed is <c>SHA256SUMS</c>, which covers every other file; two programs can verify it, each with
/// a file of its own.
/// </summary>
public static class ReleaseSignatures
{
    /// <summary>Who signs, as <c>ssh-keygen -Y verify -I</c> names it.</summary>
    public const string Identity = "qcw";

    /// <summary>For <c>minisign -V</c>.</summary>
    public const string MinisignName = ChecksumFile.Sha256Name + ".minisig";

    /// <summary>For <c>ssh-keygen -Y verify</c>.</summary>
    public const string SshName = ChecksumFile.Sha256Name + ".sig";

    /// <summary>The public key's file, for minisign.</summary>
    public const string MinisignKeyName = "qcw.pub";

    /// <summary>The public key's file, for ssh-keygen.</summary>
    public const string SshKeyName = "allowed_signers";

    /// <summary>The names of the signatures.</summary>
    public static IReadOnlyList<string> FileNames { get; } = [MinisignName, SshName];

    /// <summary>Signs the checksums of a folder, after each file was compared with them.</summary>
    /// <param name="folder">The release folder.</param>
    /// <param name="key">Signs.</param>
    /// <param name="keys">The folder that gets the two files with the public key.</param>
    /// <returns>How many files the signed checksums cover.</returns>
    /// <exception cref="BuildException">A file differs, is missing, or is not covered; nothing is signed.</exception>
    public static int Write(string folder, SigningKey key, string keys)
    {
        string sums = Path.Combine(folder, ChecksumFile.Sha256Name);
        int count = Check(folder, sums);
        byte[] content = File.ReadAllBytes(sums);
        Files.Write(Path.Combine(keys, MinisignKeyName), Minisign.PublicKey(key));
        Files.Write(Path.Combine(keys, SshKeyName), SshSignature.AllowedSigner(key, Identity));
        Files.Write(Path.Combine(folder, MinisignName), Minisign.Signature(key, content, $"file:{ChecksumFile.Sha256Name}"));
        Files.Write(Path.Combine(folder, SshName), SshSignature.Signature(key, content));
        return count;
    }

    private static int Check(string folder, string sums)
    {
        const string remedy = "run --target=Checksums again and look at what changed";
        if (!File.Exists(sums))
        {
            throw new BuildException($"{sums} does not exist, and it is what is signed: run --target=Release first");
        }

        OrderedDictionary<string, string> expected = ChecksumFile.ReadSha256(sums, remedy);
        foreach ((string name, string hash) in expected)
        {
            string file = Path.Combine(folder, name);
            string found = File.Exists(file) ? Files.Sha256(file) : "no such file";
            if (found != hash)
            {
                throw new BuildException($"{file} is not what {sums} says: {remedy}\n    expected: {hash}\n    got:      {found}");
            }
        }

        string[] others = [.. ReleaseChecksums.Covered(folder).Select(Path.GetFileName).Where(name => !expected.ContainsKey(name!))!];
        return others.Length == 0
            ? expected.Count
            : throw new BuildException($"{sums} does not list {string.Join(", ", others)}: {remedy}");
    }
}
