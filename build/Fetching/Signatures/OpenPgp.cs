using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace Qcw.Build.Fetching.Signatures;

/// <summary>Verifies detached OpenPGP signatures in this process: no keyring and no program of the machine has a say.</summary>
public static class OpenPgp
{
    /// <summary>
    /// Checks a signature file by itself, before a large archive is fetched in vain: it is an OpenPGP signature, and made by the pinned
    /// key.
    /// </summary>
    /// <exception cref="BuildException">It is not; the message says what it is.</exception>
    public static void CheckSignature(string signatureFile, DetachedSignature pin)
    {
        _ = Candidates(signatureFile, pin);
    }

    /// <summary>Checks that a file is what the pinned key has signed.</summary>
    /// <exception cref="BuildException">It is not; the message says why.</exception>
    public static void Verify(string file, string signatureFile, DetachedSignature pin)
    {
        string? problem = null;
        foreach ((PgpSignature signature, PgpPublicKey key) in Candidates(signatureFile, pin))
        {
            try
            {
                if (IsGood(file, signature, key))
                {
                    return;
                }
            }
            // the library has several types for what a damaged signature asks of it, with no base of their own
            catch (Exception e) when (e is not (IOException or UnauthorizedAccessException or OutOfMemoryException))
            {
                problem = e.Message;
            }
        }

        string name = Path.GetFileName(signatureFile);
        throw new BuildException(
            problem is not null
                ? $"OpenPGP: {name} cannot be checked: {problem}"
                : $"bad OpenPGP signature: {name} was made by the pinned key {pin.KeyFingerprint}, but for other bytes");
    }

    // the signatures in the file that the pinned key may have made; a file may carry those of several people
    private static List<(PgpSignature Signature, PgpPublicKey Key)> Candidates(string signatureFile, DetachedSignature pin)
    {
        PinnedKey pinned = PinnedKey.Read(pin.KeyFile, pin.KeyFingerprint);
        var candidates = new List<(PgpSignature, PgpPublicKey)>();
        var problems = new List<string>();
        foreach (PgpSignature signature in Read(signatureFile))
        {
            try
            {
                CheckKind(signature);
                candidates.Add((signature, pinned.ForSignature(signature.KeyId, signature.CreationTime.ToUniversalTime())));
            }
            catch (BuildException e)
            {
                problems.Add(e.Message);
            }
        }

        return candidates.Count > 0 ? candidates : throw new BuildException($"OpenPGP: {string.Join("; ", problems)}");
    }

    private static List<PgpSignature> Read(string signatureFile)
    {
        try
        {
            using FileStream stream = File.OpenRead(signatureFile);
            var factory = new PgpObjectFactory(PgpUtilities.GetDecoderStream(stream));
            if (factory.NextPgpObject() is PgpSignatureList { Count: > 0 } list)
            {
                return [.. Enumerable.Range(0, list.Count).Select(index => list[index])];
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException) // the reader has no type of its own for damage
        {
            throw new BuildException($"{Path.GetFileName(signatureFile)} is not an OpenPGP signature ({e.Message})", e);
        }

        throw new BuildException($"{Path.GetFileName(signatureFile)} is not an OpenPGP signature");
    }

    // SHA-1 stays allowed: an old signature cannot be moved to other bytes without a second preimage, which nobody has for SHA-1
    private static void CheckKind(PgpSignature signature)
    {
        if (signature.SignatureType != PgpSignature.BinaryDocument)
        {
            throw new BuildException($"the signature is of type 0x{signature.SignatureType:X2}, not a signature of a file");
        }

        if (signature.HashAlgorithm is HashAlgorithmTag.MD2 or HashAlgorithmTag.MD5)
        {
            throw new BuildException($"the signature uses {signature.HashAlgorithm}, which is broken");
        }
    }

    private static bool IsGood(string file, PgpSignature signature, PgpPublicKey key)
    {
        signature.InitVerify(key);
        using FileStream stream = File.OpenRead(file);
        var buffer = new byte[128 * 1024];
        for (int count = stream.Read(buffer); count > 0; count = stream.Read(buffer))
        {
            signature.Update(buffer, 0, count);
        }

        return signature.Verify();
    }
}
