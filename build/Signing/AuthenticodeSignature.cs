using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Cms;
using Org.BouncyCastle.Utilities.IO.Pem;
using Org.BouncyCastle.X509;

namespace Qcw.Build.Signing;

/// <summary>
/// A signature that was taken off a file: a PKCS #7 block in PEM, as <c>osslsigncode extract-signature -pem</c> writes it (Microsoft's
/// "Windows Authenticode Portable Executable Signature Format").
/// </summary>
/// <param name="File">Full path.</param>
/// <param name="Digest">The digest of the file that was signed, lower-case hex digits.</param>
/// <param name="Signer">The subject of the certificate: <c>CN=…</c>.</param>
/// <param name="HasTimestamp">Whether somebody else has signed when it was made.</param>
public sealed record AuthenticodeSignature(string File, string Digest, string Signer, bool HasTimestamp)
{
    private const string Wanted = "a signature as osslsigncode extract-signature -pem writes it";
    private const string IndirectData = "1.3.6.1.4.1.311.2.1.4";

    // Microsoft's for RFC 3161, and the one of older timestamps
    private static readonly string[] Timestamps = ["1.3.6.1.4.1.311.3.3.1", "1.2.840.113549.1.9.6"];

    /// <summary>
    /// Reads a signature and verifies it with the certificate inside. Whether anybody trusts that certificate is not asked: it may have
    /// ended since, and Windows knows other authorities than this machine.
    /// </summary>
    /// <exception cref="BuildException">The file is missing, is no such signature, or was changed; the message names it.</exception>
    public static AuthenticodeSignature Read(string file)
    {
        if (!System.IO.File.Exists(file))
        {
            throw new BuildException($"{file} does not exist, expected {Wanted}");
        }

        try
        {
            using var reader = new StringReader(System.IO.File.ReadAllText(file));
            if (new PemReader(reader).ReadPemObject() is not { Type: "PKCS7" } pem)
            {
                throw new BuildException($"{file} has no PEM block \"PKCS7\", expected {Wanted}");
            }

            return Parse(file, new CmsSignedData(pem.Content));
        }
        // the library has no type of its own for damage
        catch (Exception e) when (e is not (BuildException or OutOfMemoryException))
        {
            throw new BuildException($"{file} cannot be read as a signature ({e.Message}), expected {Wanted}", e);
        }
    }

    private static AuthenticodeSignature Parse(string file, CmsSignedData data)
    {
        SignerInformation[] signers = [.. data.GetSignerInfos().GetSigners()];
        if (data.SignedContentType.Id != IndirectData || signers.Length != 1)
        {
            throw new BuildException($"{file} is not one signature of a file, expected {Wanted}");
        }

        X509Certificate certificate = data.GetCertificates().EnumerateMatches(signers[0].SignerID).FirstOrDefault()
            ?? throw new BuildException($"{file} lacks the certificate that it was made with: sign again, with the certificate");
        if (!signers[0].Verify(certificate.GetPublicKey()))
        {
            throw new BuildException($"{file} was changed after it was made: take it from where it was made again");
        }

        // SpcIndirectDataContent: what the file is, and its digest
        var content = (Asn1Sequence)((Pkcs7ProcessableObject)data.SignedContent).Content;
        byte[] digest = DigestInfo.GetInstance(content[1]).Digest.GetOctets();
        bool hasTimestamp = signers[0].UnsignedAttributes is { } others
            && others.ToAttributes().GetAttributes().Any(one => Timestamps.Contains(one.AttrType.Id));
        return new AuthenticodeSignature(file, Convert.ToHexStringLower(digest), certificate.SubjectDN.ToString(), hasTimestamp);
    }
}
