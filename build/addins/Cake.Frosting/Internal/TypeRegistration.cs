using Cake.Core.Composition;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Internal;

/// <summary>One type of a Cake module and the services it is registered as: one instance, under whichever name it is asked for.</summary>
internal sealed class TypeRegistration : ICakeRegistrationBuilder
{
    private readonly IServiceCollection services;
    private readonly Type type;

    public TypeRegistration(IServiceCollection services, Type type)
    {
        this.services = services;
        this.type = type;
        if (!services.Any(service => service.ServiceType == type))
        {
            services.AddSingleton(type);
        }
    }

    public ICakeRegistrationBuilder As(Type type)
    {
        services.AddSingleton(type, provider => provider.GetRequiredService(this.type));
        return this;
    }

    public ICakeRegistrationBuilder AsSelf() => this;

    public ICakeRegistrationBuilder Singleton() => this;

    public ICakeRegistrationBuilder Transient() =>
        throw new NotSupportedException($"The stand-in for Cake.Frosting registers singletons only; '{type}' is transient.");
}
