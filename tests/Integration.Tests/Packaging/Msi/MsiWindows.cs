using Qcw.Build.Packaging.Msi;

namespace Qcw.Integration.Tests.Packaging.Msi;

/// <summary>The MSIs, and one Windows for all tests that install them: every test leaves it as it was.</summary>
[SetUpFixture]
internal sealed class MsiWindows
{
    public const string OneMsi = @"C:\one.msi";
    public const string OtherOneMsi = @"C:\other-one.msi";
    public const string TwoMsi = @"C:\two.msi";
    public const string FiveMsi = @"C:\five.msi";
    public const string UserFiveMsi = @"C:\user-five.msi";
    public const string SixMsi = @"C:\six.msi";
    public const string UserOneMsi = @"C:\user-one.msi";
    public const string UserTwoMsi = @"C:\user-two.msi";

    private static readonly Dictionary<string, string> Made = [];
    private static WineSession? session;

    public static MsiProduct Product { get; private set; } = null!;

    /// <summary>Windows; a fresh one where a test has failed.</summary>
    public static WineSession Session
    {
        get
        {
            if (session is null)
            {
                session = new WineSession();
                foreach ((string windowsPath, string msi) in Made)
                {
                    session.CopyIn(msi, windowsPath);
                }
            }

            return session;
        }
    }

    public static void EndSession()
    {
        session?.Dispose();
        session = null;
    }

    [OneTimeSetUp]
    public void MakeMsis()
    {
        Product = new MsiProduct();
        Made[OneMsi] = Product.Make(MsiProduct.One, MsiEdition.PerMachine);
        Made[OtherOneMsi] = Product.Make(MsiProduct.One, MsiEdition.PerMachine, "+other");
        Made[TwoMsi] = Product.Make(MsiProduct.Two, MsiEdition.PerMachine);
        Made[FiveMsi] = Product.Make(MsiProduct.Five, MsiEdition.PerMachine);
        Made[UserFiveMsi] = Product.Make(MsiProduct.Five, MsiEdition.PerUser);
        Made[SixMsi] = Product.Make(MsiProduct.Six, MsiEdition.PerMachine);
        Made[UserOneMsi] = Product.Make(MsiProduct.One, MsiEdition.PerUser);
        Made[UserTwoMsi] = Product.Make(MsiProduct.Two, MsiEdition.PerUser);
    }

    [OneTimeTearDown]
    public void EndWindows()
    {
        EndSession();
        Product.Dispose();
        Made.Clear();
    }
}
