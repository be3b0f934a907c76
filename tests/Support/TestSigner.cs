using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Qcw.Tests.Support;

/// <summary>A certificate for signing code that nobody trusts, with its key, both as PEM files in a folder of its own.</summary>
public sealed class TestSigner : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public TestSigner()
    {
        using var key = RSA.Create(3072);
        var request = new CertificateRequest("CN=qcw test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.3", "code signing")], critical: true));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        Certificate = folder.Write("certificate.pem", certificate.ExportCertificatePem() + "\n");
        Key = folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    /// <summary>Full path of the certificate.</summary>
    public string Certificate { get; }

    /// <summary>Full path of the private key, without a passphrase.</summary>
    public string Key { get; }

    /// <summary>Signs a file with osslsigncode.</summary>
    /// <param name="file">Full path.</param>
    /// <param name="target">Full path of the signed copy, which must not exist.</param>
    public void Sign(string file, string target) => ProcessRunner.Run(new ProcessRequest(
        "osslsigncode", "sign", "-certs", Certificate, "-key", Key, "-h", "sha256", "-time", "1700000000", "-in", file, "-out", target));

    public void Dispose() => folder.Dispose();
}
