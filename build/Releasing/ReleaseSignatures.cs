using Qcw.Build.Signing;

namespace Qcw.Build.Releasing;

/// <summary>
/// The signatures of a release. What is signed is <c>SHA256SUMS</c>, which covers every other file. Each file is for one program that
/// verifies it; all are made with one key.
/// </summary>
public static class ReleaseSignatures
{
    /// <summary>Who signs, as <c>ssh-keygen -Y verify -I</c> names it.</summary>
    public const string Identity = "qcw";

    /// <summary>For <c>minisign -V</c>.</summary>
    public const string MinisignName = ChecksumFile.Sha256Name + ".minisig";

    /// <summary>For <c>ssh-keygen -Y verify</c>.</summary>
    public const string SshName = ChecksumFile.Sha256Name + ".sig";

    /// <summary>For <c>qcw-utils.ps1 -Verify</c>.</summary>
    public const string EcdsaName = ChecksumFile.Sha256Name + ".p256";

    /// <summary>The public key's file, for minisign.</summary>
    public const string MinisignKeyName = "qcw.pub";

    /// <summary>The public key's file, for ssh-keygen.</summary>
    public const string SshKeyName = "allowed_signers";

    /// <summary>The public key's file, for the build: it writes the key into <c>qcw-utils.ps1</c>.</summary>
    public const string EcdsaKeyName = "qcw-p256.pem";

    /// <summary>The names of the signatures.</summary>
    public static IReadOnlyList<string> FileNames { get; } = [MinisignName, SshName, EcdsaName];

    /// <summary>The names of the public key's files.</summary>
    public static IReadOnlyList<string> KeyNames { get; } = [MinisignKeyName, SshKeyName, EcdsaKeyName];

    /// <summary>Signs the checksums of a folder, after each file was compared with them.</summary>
    /// <param name="folder">The release folder.</param>
    /// <param name="key">Signs.</param>
    /// <param name="keys">The folder that gets the files with the public key.</param>
    /// <returns>How many files the signed checksums cover.</returns>
    /// <exception cref="BuildException">A file differs, is missing, or is not covered; nothing is signed.</exception>
    public static int Write(string folder, SigningKey key, string keys)
    {
        string sums = Path.Combine(folder, ChecksumFile.Sha256Name);
        int count = new ReleasedFiles(folder).RequireAll();
        byte[] content = File.ReadAllBytes(sums);
        Files.Write(Path.Combine(keys, MinisignKeyName), Minisign.PublicKey(key));
        Files.Write(Path.Combine(keys, SshKeyName), SshSignature.AllowedSigner(key, Identity));
        Files.Write(Path.Combine(keys, EcdsaKeyName), EcdsaSignature.PublicKey(key));
        Files.Write(Path.Combine(folder, MinisignName), Minisign.Signature(key, content, $"file:{ChecksumFile.Sha256Name}"));
        Files.Write(Path.Combine(folder, SshName), SshSignature.Signature(key, content));
        Files.Write(Path.Combine(folder, EcdsaName), EcdsaSignature.Signature(key, content));
        return count;
    }
}
