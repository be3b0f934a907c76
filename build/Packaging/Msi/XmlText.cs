using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Qcw.Build.Packaging.Msi;

/// <summary>Writes XML the same way on every machine.</summary>
internal static class XmlText
{
    /// <summary>The text of a document: two blanks of indentation, LF, no declaration (UTF-8 is the default).</summary>
    public static string Of(XElement root)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            root.WriteTo(writer);
        }

        return text.Append('\n').ToString();
    }

    /// <summary>An element. An attribute whose value is null or empty is left out.</summary>
    public static XElement Element(XName name, IEnumerable<(string Name, string? Value)> attributes, IEnumerable<XElement> children)
    {
        IEnumerable<XAttribute> given = attributes.Where(attribute => !string.IsNullOrEmpty(attribute.Value))
            .Select(attribute => new XAttribute(attribute.Name, attribute.Value!));
        return new XElement(name, given, children);
    }
}
