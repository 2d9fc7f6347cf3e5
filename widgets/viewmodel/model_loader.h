// SPDX-License-Identifier: GPL-3.0-or-later
// Which model is open in the engine: opens one by wish, and the same again for a new engine, on another device or in
// another precision; where the wanted one of those is gone, on what is there. Lives in the window's thread.
#pragma once

#include "core/wire/verbs.h"
#include "widgets/viewmodel/engine_link.h"

#include <QObject>
#include <QString>

#include <map>
#include <string>
#include <vector>

namespace headlens {

class ModelLoader : public QObject {
    Q_OBJECT
public:
    // Listens to `link` before whoever is made after it: of a death they hear when it has given up what is hopeless.
    explicit ModelLoader(EngineLink* link, QObject* parent = nullptr);

    // `settings`: what the file cannot say, as --set of the command line; kept for as long as this model is open.
    void open(const QString& pathOrName, const std::map<std::string, std::string>& settings = {});
    void setDevice(const QString& device);       // auto, cpu, cuda; opens the model again
    void setPrecision(const QString& precision); // as in verbs::Hello::precisions; opens the model again
    // From 0 (the base) to 1 (as trained), of the adapter on the open model; opens the model again.
    void setAdapterStrength(double strength);
    void forgetWish();                            // a model that is being opened is not tried again
    void movedToCpu() { m_model.device = "cpu"; } // the engine said so of the model that is open

    bool hasModel() const { return !m_model.path.empty(); }
    const verbs::ModelInfo& model() const { return m_model; }
    const std::map<std::string, std::string>& settings() const { return m_settings; }
    const std::vector<verbs::EmbeddedModel>& embeddedModels() const { return m_embedded; } // as the engine lists them
    bool takesInput() const; // it is there, and no other is on its way
    bool canAsk() const;     // it is there, and so is the engine

Q_SIGNALS:
    void opened(bool replay);    // a model is there; replay: the same again, for a new engine or on another device
    void openEnded(bool replay); // well or not
    void precisionFellBack();    // the chosen precision is not there; float32 from now on
    void deviceFellBack();       // the chosen device is gone; the engine decides from now on

private:
    void onReady(bool again);
    void openAgain();
    void send(const QString& path, bool replay);
    void takeModel(const Message& answer, bool replay);
    void settleSettings(const std::string& before);
    bool retryElsewhere(const Message& answer, bool replay);
    void tellNeeds(const verbs::Progress& step);

    EngineLink* m_link;
    std::vector<verbs::EmbeddedModel> m_embedded;
    verbs::ModelInfo m_model;
    std::map<std::string, std::string> m_settings;     // of the model that is open or being opened
    std::map<std::string, std::string> m_openSettings; // of the one that is open
    QString m_wanted;  // being opened by wish; tried again when the engine dies meanwhile
    QString m_opening; // being opened, by wish or again
    QString m_device = QStringLiteral("auto"), m_precision = QStringLiteral("float32");
};

} // namespace headlens
