using System.Text;

namespace Qcw.Build.Packaging.Nsis;

/// <summary>Writes <c>product-names.nsh</c>: the names and numbers of one product.</summary>
internal static class NsisProductFile
{
    public static string Text(InstallerDescription description)
    {
        if (!InstallerVersion.TryParse(description.Version, out InstallerVersion version))
        {
            throw new BuildException($"the version '{description.Version}' cannot be ordered; {InstallerVersion.Accepted}");
        }

        var text = new StringBuilder();
        Define("ID", description.Id);
        Define("NAME", description.Name);
        Define("CAPTION", description.Name.Replace("&", "&&", StringComparison.Ordinal)); // a single & would underline the next letter
        Define("VERSION", description.Version);
        Define("VERSION_NUMBERS", version.Numbers);
        Define("VERSION_ORDER", version.Order);
        Define("PUBLISHER", description.Publisher);
        Define("HOMEPAGE", description.Homepage.AbsoluteUri);
        Define("COMPONENTS", string.Join(',', description.OptionalSectionIds));
        Define("ICON", NsisText.Backslashes(description.DisplayIcon ?? InstallerDescription.UninstallerName));
        if (description.PathFolder is { } folder)
        {
            Define("PATH_FOLDER", folder.Length == 0 ? string.Empty : '\\' + NsisText.Backslashes(folder));
        }

        return text.ToString();

        void Define(string name, string value) => text.Append("!define PRODUCT_").Append(name).Append(' ').Append(NsisText.Quote(value)).Append('\n');
    }
}
