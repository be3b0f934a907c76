namespace Qcw.Build.Catalog.Reading;

/// <summary>Reads what names a file of Debian's archive: its package, suite and name, and its checksums.</summary>
internal static class DebianFileReader
{
    /// <summary>A file of a source package, or null where something was reported.</summary>
    /// <param name="fields">What has the fields, and may have others.</param>
    /// <param name="rule">Which files are meant.</param>
    public static DebianSource? Source(Fields fields, TextRule rule) =>
        Read(fields, rule, (package, suite, file, sha256, sha1) => new DebianSource(package, suite, file, sha256) { Sha1 = sha1 });

    /// <summary>A binary package, or null where something was reported.</summary>
    /// <param name="field">The entry.</param>
    /// <param name="architecture">Debian's name of the machine that it is for: <c>amd64</c>. A package for all machines fits too.</param>
    public static DebianPackage? Package(Field field, string architecture)
    {
        if (field.Object("an object with package, suite, file and sha256") is not { } fields)
        {
            return null;
        }

        DebianPackage? read = Read(
            fields, Rules.BinaryPackage(architecture),
            (package, suite, file, sha256, sha1) => new DebianPackage(package, suite, file, sha256) { Sha1 = sha1 });
        fields.Close();
        return read;
    }

    /// <summary>The file's name, or null where something was reported.</summary>
    /// <param name="fields">What has the field <c>file</c>.</param>
    /// <param name="package">The package that it is of; null where something was reported.</param>
    /// <param name="rule">Which files are meant.</param>
    public static string? Name(Fields fields, string? package, TextRule rule)
    {
        Field? field = fields.Required("file", rule.Expected);
        string? file = field?.Text(rule);
        if (package is not null && file is not null && !file.StartsWith(package + "_", StringComparison.Ordinal))
        {
            field!.Reject($"a file of the package {package}, whose name begins with {package}_");
        }

        return file;
    }

    private static T? Read<T>(Fields fields, TextRule rule, Func<string, string, string, string, string?, T> make)
        where T : class
    {
        string? package = fields.Text("package", Rules.DebianPackage);
        string? suite = fields.Text("suite", Rules.Suite);
        string? file = Name(fields, package, rule);
        string? sha256 = fields.Text("sha256", Rules.Sha256);
        string? sha1 = fields.Optional("sha1")?.Text(Rules.Sha1);
        return package is null || suite is null || file is null || sha256 is null ? null : make(package, suite, file, sha256, sha1);
    }
}
