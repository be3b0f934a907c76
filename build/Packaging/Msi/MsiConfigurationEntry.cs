namespace Qcw.Build.Packaging.Msi;

/// <summary>
/// One line <c>key="value"</c> of a section in a file of the product's own, among the user's settings. The value is that of a
/// <see cref="MsiChoice"/>; it is quoted, as TOML wants its texts.
/// </summary>
/// <param name="Folder">Below the user's roaming application data, with <c>/</c>: <c>containers/containers.conf.d</c>. Made if need be, removed if empty.</param>
/// <param name="FileName">Nobody else's name: the file is deleted at the end if it has nothing but this line.</param>
/// <param name="Section">The section, without brackets.</param>
/// <param name="Key">The key.</param>
/// <param name="Property">The choice whose value is written.</param>
/// <param name="ExceptFor">The value of the choice for which nothing is written.</param>
public sealed record MsiConfigurationEntry(string Folder, string FileName, string Section, string Key, string Property, string ExceptFor);
