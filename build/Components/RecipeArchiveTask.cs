using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Pe;
using Qcw.Build.Packaging.Zip;

namespace Qcw.Build.Components;

/// <summary>Zips programs that a recipe made: folders of its stage, every DLL that they need, and the licences of the libraries.</summary>
/// <param name="definition">The component.</param>
/// <param name="product">The zip.</param>
/// <param name="folders">Folders of the stage, with what each is called in the zip.</param>
public abstract class RecipeArchiveTask(ComponentDefinition definition, Product product, params (string Stage, string Zip)[] folders)
    : ComponentTask(definition, Phase.Package)
{
    private const string Programs = "bin";
    private const string Licences = "licenses";

    public override Product Product => product;

    protected override void Make(BuildContext context)
    {
        Component component = ComponentOf(context);
        Made stage = context.StageOf(component);
        IReadOnlyList<Made> libraries = context.LibrariesOf(component, stage);
        string names = string.Join(' ', folders.Select(folder => folder.Stage == folder.Zip ? folder.Zip : $"{folder.Stage}={folder.Zip}"));
        Fingerprint fingerprint =
            context.Packager.Inputs(stage, libraries).Add("format", $"{DeterministicZip.Format}: {names}");
        InstalledFile[] files = Files(context, stage, libraries);
        context.Packager.Make(
            new PackageRequest(
                product.NameFor(component, context.Paths.Architecture), "archive", component, fingerprint, stage.By, files,
                [(stage.Path, component.Name), .. context.OwnersOf(component, libraries)]),
            zip => DeterministicZip.Write(zip, files, context.Line.SourceDateEpoch));
    }

    private InstalledFile[] Files(BuildContext context, Made stage, IReadOnlyList<Made> libraries)
    {
        var files = new InstallerFiles();
        foreach ((string folder, string name) in folders)
        {
            files.AddFolder(Path.Combine(stage.Path, folder), path => $"{name}/{path}");
        }

        string[] images = [.. files.All.Select(file => file.Source).Where(PeImage.IsPe)];
        // MSYS2's libraries are in the stage, beside the programs
        string[] search = [stage.Path, .. libraries.Select(library => Path.Combine(library.Path, Programs)).Where(Directory.Exists)];
        foreach (string dll in new DllClosure(search, context.Packager.WindowsDlls).Compute(images))
        {
            files.Add(dll, $"{Programs}/{Path.GetFileName(dll)}");
        }

        foreach (Made library in libraries)
        {
            files.AddFolder(Path.Combine(library.Path, Licences), path => $"{Licences}/{path}");
        }

        return [.. files.All];
    }
}
