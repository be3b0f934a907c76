using System.Text;

namespace Qcw.Build.Packaging.Nsis;

/// <summary>Writes <c>product-names.nsh</c>: the names and numbers of one product.</summary>
internal static class NsisProductFile
{
    /// <summary>The file's text.</summary>
    /// <param name="description">A valid description.</param>
    public static string Text(InstallerDescription description)
    {
        var text = new StringBuilder();
        Define("ID", description.Id);
        Define("NAME", description.Name);
        Define("CAPTION", description.Name.Replace("&", "&&", StringComparison.Ordinal)); // a single & would underline the next letter
        Define("VERSION", description.Version.Text);
        Define("VERSION_NUMBERS", description.Version.FileVersion.ToString());
        Define("VERSION_ORDER", description.Version.Order!);
        Define("PUBLISHER", description.Publisher);
        Define("HOMEPAGE", description.Homepage.AbsoluteUri);
        Define("MENU_FOLDER", description.MenuFolder);
        Define("COMPONENTS", string.Join(',', description.OptionalSectionIds));
        Define("ICON", NsisText.Backslashes(description.DisplayIcon ?? InstallerDescription.UninstallerName));
        if (description.Path is { } path)
        {
            Define("PATH_FOLDER", path.Folder.Length == 0 ? string.Empty : '\\' + NsisText.Backslashes(path.Folder));
            Define("PATH_TITLE", path.Title);
            Define("PATH_DESCRIPTION", path.Description);
            Define("PATH_DEFAULT", path.Choice == SectionChoice.OnByDefault ? "1" : "0");
        }

        return text.ToString();

        void Define(string name, string value) =>
            text.Append("!define PRODUCT_").Append(name).Append(' ').Append(NsisText.Quote(value)).Append('\n');
    }
}
