using Qcw.Integration.Tests.Support;

namespace Qcw.Integration.Tests.Packaging;

public sealed class InstallerTests
{
    [Test]
    public void Smoke()
    {
        using var product = new TestProduct();
        File.Copy(product.One, "/work/scratch/nsis/one.exe", true);
        File.Copy(product.Two, "/work/scratch/nsis/two.exe", true);
        using var windows = new WineSession();
        windows.RunOk(windows.CopyIn(product.One, @"C:\setup.exe"), "/S");
        Console.WriteLine(windows.RunOk(TestProduct.DefaultFolder + @"\bin\hello.exe"));
        foreach (var v in windows.Registry.Read(TestProduct.UninstallKey)!) { Console.WriteLine(v.Key); }
    }
}
