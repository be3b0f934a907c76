using Cake.Core.Composition;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Internal;

/// <summary>Lets a Cake module put its registrations into the host's service collection.</summary>
internal sealed class ContainerRegistrar(IServiceCollection services) : ICakeContainerRegistrar
{
    public ICakeRegistrationBuilder RegisterType(Type type) => new TypeRegistration(services, type);

    public ICakeRegistrationBuilder RegisterInstance<TImplementation>(TImplementation instance)
        where TImplementation : class
    {
        services.AddSingleton(instance.GetType(), instance);
        return new TypeRegistration(services, instance.GetType());
    }
}
