using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Qcw.Build.Packaging.Msi.Wix5;

namespace Qcw.Build.Packaging.Msi;

/// <summary>The bytes that are installed for a file.</summary>
internal static class MsiContent
{
    private static readonly string[] BatchEndings = [".cmd", ".bat"];

    /// <summary>
    /// The file's bytes. Only batch files are not taken as they are: they are text files in git, which have LF, and Windows' command
    /// interpreter wants CRLF (it loses labels otherwise).
    /// </summary>
    public static byte[] Read(InstalledFile file)
    {
        byte[] bytes = File.ReadAllBytes(file.Source);
        return BatchEndings.Contains(Path.GetExtension(file.Target), StringComparer.OrdinalIgnoreCase)
            ? Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal))
            : bytes;
    }

    /// <summary>The size of all files in KB, rounded up: what Apps &amp; Features shows.</summary>
    public static string KilobytesOf(MsiDescription description) =>
        ((description.Features.SelectMany(feature => feature.Files).Sum(file => (long)Read(file).Length) + 1023) / 1024).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Everything about one MSI that does not depend on the tools or the machine.</summary>
internal sealed class MsiPlan
{
    private readonly MsiTables tables;

    public MsiPlan(MsiDescription description)
    {
        Description = description;
        Layout = new MsiLayout(description);
        Rules = new MsiRules(description);
        tables = new MsiTables(description, Layout, Rules);
        Version = MsiVersion.TryParse(description.Version, out string version)
            ? version
            : throw new BuildException($"the version '{description.Version}' cannot be that of an MSI; {MsiVersion.Accepted}");
        string identity = Identity();
        ProductCode = NameBasedGuid.Create(NameBasedGuid.Qcw, "product/" + identity);
        PackageCode = NameBasedGuid.Create(NameBasedGuid.Qcw, "package/" + identity);
    }

    public MsiDescription Description { get; }

    public MsiLayout Layout { get; }

    public MsiRules Rules { get; }

    public MsiTables Tables => tables;

    /// <summary>Three numbers.</summary>
    public string Version { get; }

    /// <summary>Which product this is: other contents, other product, so that a build replaces another one of the same version.</summary>
    public Guid ProductCode { get; }

    /// <summary>Which package this is, by which Windows keeps its own copy.</summary>
    public Guid PackageCode { get; }

    /// <summary>For wixl.</summary>
    public string WixlSource => new WixlSource(Description, Layout, Rules).Text(ProductCode, Version);

    /// <summary>For WiX 5.</summary>
    public string WixSource => new WixSource(Description, Layout, Rules).Text(ProductCode, Version);

    /// <summary>A hash over all that is written and all that is installed.</summary>
    private string Identity()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(Encoding.UTF8.GetBytes(new WixlSource(Description, Layout, Rules).Text(Guid.Empty, Version)));
        Add(Encoding.UTF8.GetBytes(new WixSource(Description, Layout, Rules).Text(Guid.Empty, Version)));
        Add(Encoding.UTF8.GetBytes(string.Concat(tables.New(Version).Select(table => table.Text()))));
        Add(Encoding.UTF8.GetBytes($"{Description.Architecture} {Description.SourceDateEpoch}"));
        foreach (InstalledFile file in Layout.StagedNames.OrderBy(item => item.Value, StringComparer.Ordinal).Select(item => item.Key))
        {
            Add(MsiContent.Read(file));
        }

        if (Description.Icon is { } icon)
        {
            Add(File.ReadAllBytes(icon));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(byte[] bytes)
        {
            hash.AppendData(BitConverter.GetBytes(bytes.LongLength)); // keeps "ab"+"c" and "a"+"bc" apart
            hash.AppendData(bytes);
        }
    }
}
