using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Qcw.Acceptance.Tests;

/// <summary>What QEMU's <c>tls-creds-x509</c> reads from a folder: an authority, and a server that it vouches for.</summary>
internal static class TlsCredentials
{
    /// <summary>Writes <c>ca-cert.pem</c>, <c>server-cert.pem</c> and <c>server-key.pem</c>, for <c>localhost</c> and 127.0.0.1.</summary>
    /// <param name="folder">This machine's path of a folder; made where it is missing.</param>
    public static void Write(string folder)
    {
        DateTimeOffset yesterday = DateTimeOffset.UtcNow.AddDays(-1);
        DateTimeOffset tomorrow = DateTimeOffset.UtcNow.AddDays(1);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request("CN=qcw tests", authorityKey, isAuthority: true, X509KeyUsageFlags.KeyCertSign);
        using X509Certificate2 authority = request.CreateSelfSigned(yesterday, tomorrow);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        request = Request("CN=localhost", key, isAuthority: false, X509KeyUsageFlags.DigitalSignature);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 server = request.Create(authority, yesterday, tomorrow, [1]);

        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "ca-cert.pem"), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server-cert.pem"), server.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server-key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private static CertificateRequest Request(string name, ECDsa key, bool isAuthority, X509KeyUsageFlags usage)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        return request;
    }
}
