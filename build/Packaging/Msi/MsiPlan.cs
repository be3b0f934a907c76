using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Qcw.Build.Packaging.Msi.Wix5;

namespace Qcw.Build.Packaging.Msi;

/// <summary>Everything about one MSI that does not depend on the tools or the machine.</summary>
internal sealed class MsiPlan
{
    /// <param name="description">A description that <see cref="MsiValidation"/> accepts.</param>
    public MsiPlan(InstallerDescription description)
    {
        Description = description;
        Msi = description.Msi!;
        Version = description.Version.MsiVersion!;
        Layout = new MsiLayout(description, Msi);
        Rules = new MsiRules(description, Msi);
        Tables = new MsiTables(this);
        string identity = Identity();
        ProductCode = NameBasedGuid.Create(NameBasedGuid.Qcw, "product/" + identity);
        PackageCode = NameBasedGuid.Create(NameBasedGuid.Qcw, "package/" + identity);
    }

    public InstallerDescription Description { get; }

    public MsiPart Msi { get; }

    /// <summary>The three numbers of the version.</summary>
    public string Version { get; }

    public MsiLayout Layout { get; }

    public MsiRules Rules { get; }

    public MsiTables Tables { get; }

    /// <summary>The product. Other contents are another product, so that a build replaces another one of the same version.</summary>
    public Guid ProductCode { get; }

    /// <summary>The package, by which Windows keeps its own copy.</summary>
    public Guid PackageCode { get; }

    /// <summary>A hash over everything that is written and everything that is installed.</summary>
    private string Identity()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(Encoding.UTF8.GetBytes(new WixlSource(this).Text(Guid.Empty)));

        // both ways of making an MSI give the same product, so the other source counts too. Without this line all codes change once
        Add(Encoding.UTF8.GetBytes(new WixSource(this).Text(Guid.Empty)));
        Add(Encoding.UTF8.GetBytes(string.Concat(Tables.New().Select(table => table.Text()))));
        Add(Encoding.UTF8.GetBytes($"{Msi.Architecture} {Description.SourceDateEpoch}"));
        foreach (InstalledFile file in Layout.StagedNames.OrderBy(item => item.Value, StringComparer.Ordinal).Select(item => item.Key))
        {
            Add(MsiContent.Read(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(byte[] bytes)
        {
            hash.AppendData(BitConverter.GetBytes(bytes.LongLength)); // keeps "ab"+"c" and "a"+"bc" apart
            hash.AppendData(bytes);
        }
    }
}

/// <summary>The bytes that are installed for a file.</summary>
internal static class MsiContent
{
    private static readonly string[] BatchExtensions = [".cmd", ".bat"];

    /// <summary>
    /// The file's bytes. Only batch files are changed: git keeps them with LF, and Windows' command interpreter needs CRLF (it loses labels
    /// otherwise).
    /// </summary>
    public static byte[] Read(InstalledFile file)
    {
        byte[] bytes = File.ReadAllBytes(file.Source);
        if (!BatchExtensions.Contains(Path.GetExtension(file.Target), StringComparer.OrdinalIgnoreCase))
        {
            return bytes;
        }

        string lf = Encoding.Latin1.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(lf.Replace("\n", "\r\n", StringComparison.Ordinal));
    }

    /// <summary>The size of all files in KB, rounded up: the size that Apps &amp; Features shows.</summary>
    public static string KilobytesOf(InstallerDescription description) =>
        ((description.Files.Sum(file => (long)Read(file).Length) + 1023) / 1024).ToString(CultureInfo.InvariantCulture);
}
