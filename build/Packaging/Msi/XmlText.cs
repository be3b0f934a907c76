using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Qcw.Build.Packaging.Msi;

/// <summary>Writes XML the same way on every machine.</summary>
internal static class XmlText
{
    /// <summary>Two blanks of indentation, LF, no declaration (UTF-8 is the default).</summary>
    public static string Of(XElement root)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            root.WriteTo(writer);
        }

        return text.Append('\n').ToString();
    }

    /// <summary>An attribute, or nothing where there is no value.</summary>
    public static XAttribute? Optional(string name, string? value) => string.IsNullOrEmpty(value) ? null : new XAttribute(name, value);
}

/// <summary>What MSIs and WiX call the processors.</summary>
internal static class MsiArchitecture
{
    /// <summary>The first half of a package's template (Microsoft's "Template Summary property").</summary>
    public static string TemplateOf(Architecture architecture) => architecture == Architecture.Arm64 ? "Arm64" : "x64";

    /// <summary>What <c>wix build -arch</c> takes.</summary>
    public static string WixNameOf(Architecture architecture) => architecture == Architecture.Arm64 ? "arm64" : "x64";
}
