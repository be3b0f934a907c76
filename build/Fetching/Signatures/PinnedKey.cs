using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace Qcw.Build.Fetching.Signatures;

/// <summary>
/// The one OpenPGP key that a source must be signed with: a primary key known by its fingerprint, and those of its subkeys that it has
/// bound for signing (RFC 4880, 5.2.1 and 11.1).
/// </summary>
internal sealed class PinnedKey
{
    private readonly PgpPublicKeyRing ring;
    private readonly string file;

    private PinnedKey(PgpPublicKeyRing ring, string file) => (this.ring, this.file) = (ring, file);

    public PgpPublicKey Primary => ring.GetPublicKey();

    /// <summary>Reads the key of that fingerprint from a file of public keys, armored or binary.</summary>
    /// <exception cref="BuildException">Not a key file, or without that key.</exception>
    public static PinnedKey Read(string file, string fingerprint)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            var bundle = new PgpPublicKeyRingBundle(PgpUtilities.GetDecoderStream(stream));
            foreach (PgpPublicKeyRing ring in bundle.GetKeyRings())
            {
                if (Fingerprint(ring.GetPublicKey()) == fingerprint)
                {
                    return new PinnedKey(ring, file);
                }
            }

            string found = string.Join(", ", bundle.GetKeyRings().Select(ring => Fingerprint(ring.GetPublicKey())));
            throw new BuildException(
                $"the key file {file} does not contain the pinned key {fingerprint}; it has {(found.Length > 0 ? found : "none")}");
        }
        catch (Exception e) when (e is not (BuildException or OutOfMemoryException)) // the reader has no type of its own for damage
        {
            throw new BuildException($"the key file {file} cannot be read: {e.Message}", e);
        }
    }

    public static string Fingerprint(PgpPublicKey key) => Convert.ToHexString(key.GetFingerprint());

    /// <summary>The key among these that has that id, if it may sign at that time.</summary>
    /// <exception cref="BuildException">It is another key, or this one must not be used for it; the message says why.</exception>
    public PgpPublicKey ForSignature(long keyId, DateTime madeAt)
    {
        PgpPublicKey key =
            ring.GetPublicKey(keyId)
            ?? throw new BuildException(
                $"the signature is made by key {keyId:X16}, not by the pinned key {Fingerprint(Primary)} or one of its subkeys");
        if (!key.IsMasterKey)
        {
            CheckBinding(key);
        }

        CheckTime(Primary, madeAt);
        CheckTime(key, madeAt);
        CheckRevocation(Primary, PgpSignature.KeyRevocation, madeAt);
        CheckRevocation(key, PgpSignature.SubkeyRevocation, madeAt);
        return key;
    }

    // the primary key says "this subkey is mine, and signs"; the subkey says the same back, so that nobody binds a stranger's key
    private void CheckBinding(PgpPublicKey subkey)
    {
        bool bound = subkey.GetSignaturesOfType(PgpSignature.SubkeyBinding).Any(binding =>
            IsByPrimary(binding, subkey)
            && (binding.GetHashedSubPackets().GetKeyFlags() & PgpKeyFlags.CanSign) != 0
            && Embedded(binding).Any(back => back.SignatureType == PgpSignature.PrimaryKeyBinding && IsBy(back, subkey, subkey)));
        if (!bound)
        {
            throw new BuildException(
                $"{file}: the subkey {Fingerprint(subkey)} is not bound for signing by the primary key {Fingerprint(Primary)}");
        }
    }

    // A key that has expired since is fine: releases stay signed as they were, and the key file in this repository cannot be swapped. What
    // counts is that the key was valid when the signature says it was made.
    private void CheckTime(PgpPublicKey key, DateTime madeAt)
    {
        DateTime from = key.CreationTime;
        long seconds = key.IsMasterKey ? key.GetValidSeconds() : key.GetValidSeconds(Primary);
        if (madeAt < from || (seconds > 0 && madeAt > from.AddSeconds(seconds)))
        {
            string until = seconds > 0 ? $" to {from.AddSeconds(seconds):yyyy-MM-dd}" : string.Empty;
            throw new BuildException(
                $"the signature is of {madeAt:yyyy-MM-dd}, when the key {Fingerprint(key)} was not valid "
                    + $"(it was from {from:yyyy-MM-dd}{until})");
        }
    }

    private void CheckRevocation(PgpPublicKey key, int type, DateTime madeAt)
    {
        foreach (PgpSignature revocation in key.GetSignaturesOfType(type).Where(s => key.IsMasterKey ? IsOnItself(s) : IsByPrimary(s, key)))
        {
            RevocationReasonTag reason = revocation.GetHashedSubPackets()?.GetSubpacket(SignatureSubpacketTag.RevocationReason)
                is RevocationReason given ? given.GetRevocationReason() : RevocationReasonTag.NoReason;

            // a key that was retired or superseded was good until then; one that was lost to somebody never was
            bool retired = reason is RevocationReasonTag.KeyRetired or RevocationReasonTag.KeySuperseded;
            if (!retired || madeAt >= revocation.CreationTime)
            {
                throw new BuildException($"the key {Fingerprint(key)} was revoked on {revocation.CreationTime:yyyy-MM-dd} ({reason})");
            }
        }
    }

    private static IEnumerable<PgpSignature> Embedded(PgpSignature signature) =>
        new[] { signature.GetHashedSubPackets(), signature.GetUnhashedSubPackets() }
            .Where(packets => packets is not null)
            .Select(packets => packets.GetEmbeddedSignatures())
            .SelectMany(list => Enumerable.Range(0, list.Count).Select(index => list[index]));

    private bool IsByPrimary(PgpSignature signature, PgpPublicKey subkey) => IsBy(signature, Primary, subkey);

    private bool IsBy(PgpSignature signature, PgpPublicKey signer, PgpPublicKey subkey)
    {
        signature.InitVerify(signer);
        return signature.VerifyCertification(Primary, subkey);
    }

    private bool IsOnItself(PgpSignature signature)
    {
        signature.InitVerify(Primary);
        return signature.VerifyCertification(Primary);
    }
}
