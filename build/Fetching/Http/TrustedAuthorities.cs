using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Qcw.Build.Fetching.Http;

/// <summary>
/// The file with the certificate authorities that every connection trusts instead of the system's: <c>SSL_CERT_FILE</c>, which
/// <c>--ca-file</c> sets for this run.
/// </summary>
public static class TrustedAuthorities
{
    /// <summary>OpenSSL's variable, which .NET and Go read too.</summary>
    public const string Variable = "SSL_CERT_FILE";

    private static readonly string[] Gits = ["GIT_SSL_CAINFO", "GIT_SSL_CAPATH"];

    /// <summary>Full path of the file; null: the system's authorities are trusted.</summary>
    public static string? File => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } file ? Path.GetFullPath(file) : null;

    /// <summary>Takes what the command line says, and checks the file before anything is fetched.</summary>
    /// <param name="option">The value of <c>--ca-file</c>, a full path; null: the environment decides.</param>
    /// <exception cref="UsageException">There is no such file, or no certificate in it.</exception>
    public static void Use(string? option)
    {
        if (option is not null)
        {
            Environment.SetEnvironmentVariable(Variable, option);
            foreach (string name in Gits)
            {
                Environment.SetEnvironmentVariable(name, null); // the command line goes before the environment
            }

            if (!OperatingSystem.IsWindows())
            {
                // .NET sets it for programs that it starts, and reads the process's own copy for its connections
                _ = SetVariable(Variable, option, 1);
            }
        }

        if (File is not null)
        {
            Read(option is null ? Variable : "--ca-file");
        }
    }

    /// <summary>How a server's certificate is judged; null: by the system's authorities.</summary>
    /// <exception cref="UsageException">As <see cref="Use"/>.</exception>
    internal static X509ChainPolicy? Policy()
    {
        if (File is null)
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(Read(Variable));
        return policy;
    }

    private static X509Certificate2Collection Read(string name)
    {
        string file = File!;
        var authorities = new X509Certificate2Collection();
        string problem = "has no certificate in it";
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (CryptographicException e)
        {
            problem = $"cannot be read ({e.Message})";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = System.IO.File.Exists(file) ? $"cannot be read ({e.Message})" : "is not there";
        }

        return authorities.Count > 0
            ? authorities
            : throw new UsageException(
                $"{name} is {file}, which {problem}: expected a file of certificates as text (-----BEGIN CERTIFICATE-----), with every "
                    + "authority that is to be trusted (docs/closed-networks.md)");
    }

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
