// SPDX-License-Identifier: GPL-3.0-or-later
// Qt 6.4 TextToSpeech: say, stop, stateChanged and nothing newer.
#include "widgets/lessons/narrator.h"

#ifdef HEADLENS_WITH_SPEECH
#include <QTextToSpeech>
#endif

namespace headlens {

#ifdef HEADLENS_WITH_SPEECH
namespace {

// The engine is started with the first question only: connecting to a speech service takes time, and most windows
// never speak.
class SystemNarrator : public Narrator {
public:
    bool canSpeak(const QLocale& language) override
    {
        if (!m_engine) start();
        if (m_engine->state() == QTextToSpeech::Error) return false;
        for (const QLocale& one : m_engine->availableLocales())
            if (one.language() == language.language()) {
                if (m_engine->locale().language() != language.language()) m_engine->setLocale(one);
                return true;
            }
        return false;
    }
    void say(const QString& sentence) override
    {
        if (!m_engine) return;
        m_turn.say();
        m_engine->say(sentence);
    }
    void stop() override
    {
        m_turn.stop();
        if (m_engine) m_engine->stop();
    }

private:
    void start()
    {
        m_engine = std::make_unique<QTextToSpeech>();
        connect(m_engine.get(), &QTextToSpeech::stateChanged, this, [this](QTextToSpeech::State state) {
            if (state == QTextToSpeech::Speaking) m_turn.speaks();
            if (state == QTextToSpeech::Ready && m_turn.ends()) Q_EMIT finished();
            if (state != QTextToSpeech::Error) return;
            m_turn.stop();
            Q_EMIT failed();
        });
    }

    std::unique_ptr<QTextToSpeech> m_engine;
    SpokenTurn m_turn;
};

} // namespace

std::unique_ptr<Narrator> systemNarrator()
{
    if (QTextToSpeech::availableEngines().isEmpty()) return nullptr;
    return std::make_unique<SystemNarrator>();
}
#else
std::unique_ptr<Narrator> systemNarrator()
{
    return nullptr;
}
#endif

} // namespace headlens
